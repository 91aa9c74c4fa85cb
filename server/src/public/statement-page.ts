import { definitionList, said } from '../foundation/html/blocks.ts';
import { button } from '../foundation/html/button.ts';
import { html, type Part } from '../foundation/html/html.ts';
import { withLanguage } from '../foundation/html/page.ts';
import { dateTime } from '../foundation/html/times.ts';
import { isLanguage, type Language, ownNames } from '../foundation/i18n/language.ts';
import { texts } from '../foundation/i18n/texts.ts';
import { dateTimeText } from '../foundation/i18n/time.ts';
import { harmEntry } from '../policy/index.ts';
import type { Statement } from '../views/statement.ts';
import { guidelinesPath } from './guidelines.ts';
import type { StatementPage } from './statement.ts';
import { words } from './words.ts';

/** What regulators tell us is a notice like others: who it came from is not said. */
const facts = texts({
  ms: {
    subject: 'Perkara',
    ground: 'Asas',
    'ground.ILLEGAL_CONTENT': 'Undang-undang melarangnya',
    'ground.INCOMPATIBLE_CONTENT': 'Garis panduan kami melarangnya',
    content: 'Jenis kandungan',
    CONTENT_TYPE_TEXT: 'teks',
    CONTENT_TYPE_IMAGE: 'gambar',
    CONTENT_TYPE_VIDEO: 'video',
    CONTENT_TYPE_AUDIO: 'bunyi',
    CONTENT_TYPE_SYNTHETIC_MEDIA: 'dibuat atau diubah dengan AI',
    CONTENT_TYPE_OTHER: 'lain-lain',
    language: 'Bahasa kandungan',
    seen: 'Kami melihatnya pada',
    source: 'Bagaimana kami tahu',
    SOURCE_ARTICLE_16: 'Seseorang melaporkannya',
    SOURCE_TRUSTED_FLAGGER: 'Sebuah badan yang dipercayai melaporkannya',
    SOURCE_TYPE_OTHER_NOTIFICATION: 'Kami diberitahu dengan cara lain',
    SOURCE_VOLUNTARY: 'Sistem kami menemuinya',
    rule: 'Peraturan sistem',
    'rule.version': '{rule}, versi {version}',
    guidelines: 'Garis panduan',
    'guidelines.version': 'Versi {version}',
    since: 'Berkuat kuasa sejak',
    everywhere: 'di semua tempat',
  },
  en: {
    subject: 'Subject',
    ground: 'Basis',
    'ground.ILLEGAL_CONTENT': 'The law forbids it',
    'ground.INCOMPATIBLE_CONTENT': 'Our guidelines forbid it',
    content: 'Kind of content',
    CONTENT_TYPE_TEXT: 'text',
    CONTENT_TYPE_IMAGE: 'picture',
    CONTENT_TYPE_VIDEO: 'video',
    CONTENT_TYPE_AUDIO: 'sound',
    CONTENT_TYPE_SYNTHETIC_MEDIA: 'made or changed with AI',
    CONTENT_TYPE_OTHER: 'other',
    language: 'Language of the content',
    seen: 'We saw it on',
    source: 'How we learned of it',
    SOURCE_ARTICLE_16: 'Somebody reported it',
    SOURCE_TRUSTED_FLAGGER: 'A trusted organisation reported it',
    SOURCE_TYPE_OTHER_NOTIFICATION: 'We were told in another way',
    SOURCE_VOLUNTARY: 'Our system found it',
    rule: 'Rule of the system',
    'rule.version': '{rule}, version {version}',
    guidelines: 'Guidelines',
    'guidelines.version': 'Version {version}',
    since: 'In force since',
    everywhere: 'everywhere',
  },
  zh: {
    subject: '事项',
    ground: '依据',
    'ground.ILLEGAL_CONTENT': '法律禁止',
    'ground.INCOMPATIBLE_CONTENT': '我们的准则禁止',
    content: '内容类型',
    CONTENT_TYPE_TEXT: '文字',
    CONTENT_TYPE_IMAGE: '图片',
    CONTENT_TYPE_VIDEO: '视频',
    CONTENT_TYPE_AUDIO: '声音',
    CONTENT_TYPE_SYNTHETIC_MEDIA: '由人工智能制作或修改',
    CONTENT_TYPE_OTHER: '其他',
    language: '内容的语言',
    seen: '我们看到的时间',
    source: '我们如何得知',
    SOURCE_ARTICLE_16: '有人举报',
    SOURCE_TRUSTED_FLAGGER: '一个可信机构举报',
    SOURCE_TYPE_OTHER_NOTIFICATION: '通过其他途径得知',
    SOURCE_VOLUNTARY: '由我们的系统发现',
    rule: '系统规则',
    'rule.version': '{rule}，版本 {version}',
    guidelines: '准则',
    'guidelines.version': '版本 {version}',
    since: '生效时间',
    everywhere: '所有地方',
  },
  ta: {
    subject: 'பொருள்',
    ground: 'அடிப்படை',
    'ground.ILLEGAL_CONTENT': 'சட்டம் இதைத் தடை செய்கிறது',
    'ground.INCOMPATIBLE_CONTENT': 'எங்கள் வழிகாட்டுதல்கள் இதைத் தடை செய்கின்றன',
    content: 'உள்ளடக்க வகை',
    CONTENT_TYPE_TEXT: 'எழுத்து',
    CONTENT_TYPE_IMAGE: 'படம்',
    CONTENT_TYPE_VIDEO: 'காணொளி',
    CONTENT_TYPE_AUDIO: 'ஒலி',
    CONTENT_TYPE_SYNTHETIC_MEDIA: 'AI மூலம் உருவாக்கப்பட்டது அல்லது மாற்றப்பட்டது',
    CONTENT_TYPE_OTHER: 'மற்றவை',
    language: 'உள்ளடக்கத்தின் மொழி',
    seen: 'நாங்கள் பார்த்த நேரம்',
    source: 'எங்களுக்குத் தெரிந்த விதம்',
    SOURCE_ARTICLE_16: 'ஒருவர் புகார் செய்தார்',
    SOURCE_TRUSTED_FLAGGER: 'நம்பகமான ஓர் அமைப்பு புகார் செய்தது',
    SOURCE_TYPE_OTHER_NOTIFICATION: 'வேறு வழியில் எங்களுக்குத் தெரிவிக்கப்பட்டது',
    SOURCE_VOLUNTARY: 'எங்கள் அமைப்பு கண்டறிந்தது',
    rule: 'அமைப்பின் நெறி',
    'rule.version': '{rule}, பதிப்பு {version}',
    guidelines: 'வழிகாட்டுதல்கள்',
    'guidelines.version': 'பதிப்பு {version}',
    since: 'நடைமுறையில் உள்ள நேரம்',
    everywhere: 'எல்லா இடங்களிலும்',
  },
});

/** A statement of reasons as whoever was told of the decision reads it. What somebody wrote stays in the language they wrote it in. */
export function statementPage(language: Language, statement: StatementPage, token: string): Part {
  const say = words(language);
  const tell = facts(language);
  const { clause, facts: told } = statement;
  return html`${statement.replaced ? html`<p class="lead">${say('statement.replaced')}</p>` : null}${definitionList([
    [
      say('statement.what'),
      html`<strong>${say(`out.${statement.outcome}`)}</strong>${statement.outcome === 'none' ? null : html` (${say(statement.done ? 'statement.done' : 'statement.underway')})`}`,
    ],
    restricts(told) && statement.done ? [tell('since'), dateTime(new Date(told.application_date), language)] : null,
    statement.until ? [say('statement.until'), dateTime(statement.until, language)] : null,
    restricts(told) ? [say('statement.where'), told.territorial_scope[0] === 'MY' ? say('statement.malaysia') : tell('everywhere')] : null,
    [say('statement.why'), statement.instructed ? say('statement.instructed') : clause ? clause.rule : say('within')],
    told.decision_ground ? [tell('ground'), tell(`ground.${told.decision_ground}`)] : null,
    clause
      ? [
          say('statement.clause'),
          html`<a href="${guidelinesPath(statement.policy, language, clause.id)}">${clause.number} ${clause.title}</a>`,
        ]
      : null,
    [tell('guidelines'), tell('guidelines.version', { version: statement.policy })],
    clause ? [say('statement.law'), clause.law] : null,
    [tell('subject'), harmEntry(told.harm).name[language]],
    statement.reason
      ? [
          say('statement.team'),
          html`${said(statement.reason)}${statement.spoken === language ? null : html`<span class="quiet">${say('statement.as-written')}</span>`}`,
        ]
      : null,
    [tell('content'), told.content_type.map((type) => tell(type)).join(', ')],
    contentLanguage(told) ? [tell('language'), contentLanguage(told)] : null,
    told.content_date ? [tell('seen'), dateTime(new Date(told.content_date), language)] : null,
    [tell('source'), tell(told.source_type)],
    [say('statement.how'), say(statement.automated ? 'statement.machine' : 'statement.person')],
    told.rule && told.rule_version ? [tell('rule'), tell('rule.version', { rule: told.rule, version: told.rule_version })] : null,
    [say('statement.when'), dateTime(statement.decidedAt, language)],
    [say('statement.number'), html`<span class="code">${statement.puid}</span>`],
  ])}
<h2>${say('statement.can')}</h2>
${statement.appealUntil === null ? html`<p>${say('statement.closed')}</p>` : html`<p>${say('statement.appeal', { until: dateTimeText(statement.appealUntil, language) })}</p><p>${button({ text: say('appeal.title'), kind: 'primary', href: withLanguage(`/appeal/${statement.puid}?token=${encodeURIComponent(token)}`, language) })}</p>`}${statement.inquireUntil === null ? null : html`<p>${say('statement.inquire', { until: dateTimeText(statement.inquireUntil, language) })}</p><p><a href="${withLanguage(`/inquiry/${statement.puid}?token=${encodeURIComponent(token)}`, language)}">${say('status.inquire')}</a></p>`}`;
}

/** Whether something is taken from somebody: what is given back holds nowhere in particular. */
function restricts(told: Statement): boolean {
  return told.decision_visibility.length > 0 || told.decision_provision !== null || told.decision_account !== null;
}

/** By its own name where it is one of ours. */
function contentLanguage({ content_language: code }: Statement): Part {
  const known = code?.toLowerCase();
  return isLanguage(known) ? html`<span lang="${known}">${ownNames[known]}</span>` : code;
}
