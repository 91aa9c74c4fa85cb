import { badge } from '../foundation/html/badge.ts';
import { html, type Part } from '../foundation/html/html.ts';
import { withLanguage } from '../foundation/html/page.ts';
import { table } from '../foundation/html/table.ts';
import { dateTime } from '../foundation/html/times.ts';
import type { Language } from '../foundation/i18n/language.ts';
import type { KnownLine } from '../foundation/i18n/notice-text.ts';
import { texts } from '../foundation/i18n/texts.ts';
import { dateText, spanText } from '../foundation/i18n/time.ts';
import * as policy from '../policy/index.ts';

const words = texts({
  ms: {
    version: 'Versi {version}, berkuat kuasa sejak',
    ahead: 'Versi {version}, berkuat kuasa mulai',
    before: 'Versi {version}. Versi ini sudah diganti. Ia tetap terpakai untuk apa yang dihantar semasa ia berkuat kuasa. Bermula',
    now: 'Baca versi yang berkuat kuasa sekarang',
    single: 'Belum disemak oleh orang kedua',
    contents: 'Apa yang ada di sini',
    violating: 'Melanggar fasal ini',
    allowed: 'Tidak melanggar fasal ini',
    law: 'Undang-undang: {law}',
    times: 'Janji kami dan masanya',
    'times.text': 'Masa dikira jam demi jam, termasuk cuti. Kandungan keutamaan ialah penderaan seksual kanak-kanak dan penipuan kewangan.',
    'times.private': 'Akta tidak meliputi mesej peribadi. Di situ janji ini yang terpakai: {promises}.',
    promise: 'Janji',
    priority: 'Kandungan keutamaan',
    other: 'Kandungan lain',
    source: 'Dari mana',
    once: 'serta-merta',
    'appeal.ask': 'Tempoh anda boleh merayu',
    'appeal.answer': 'Jawab rayuan',
    'basis.prescribed': 'Ditetapkan oleh undang-undang',
    'basis.own': 'Janji kami sendiri',
    'basis.unconfirmed': 'Belum disahkan',
    unconfirmed: '“Belum disahkan” bermaksud: undang-undang belum menyebutnya dengan jelas. Kami memegang masa itu sehingga ia jelas.',
    act: 'Akta',
    code: 'Kod Tatakelakuan (Amalan Terbaik)',
    versions: 'Semua versi',
    'version.one': 'Versi {version}',
    since: 'sejak',
    from: 'mulai',
    help: 'Siapa boleh bantu',
    'help.rung': 'Kami telefon nombor ini pada {day}.',
    'help.never': 'Kami belum telefon nombor ini sendiri.',
  },
  en: {
    version: 'Version {version}, in force since',
    ahead: 'Version {version}, in force from',
    before: 'Version {version}. Another version has taken its place. It still holds for what was sent while it was in force. It began',
    now: 'Read the version in force now',
    single: 'Not yet looked at by a second person',
    contents: 'What stands here',
    violating: 'Breaks this clause',
    allowed: 'Does not break this clause',
    law: 'Law: {law}',
    times: 'What we promise, and by when',
    'times.text': 'Every hour counts, holidays too. Priority content is child sexual abuse and financial fraud.',
    'times.private': 'The Act does not cover private messages. There these promises count: {promises}.',
    promise: 'Promise',
    priority: 'Priority content',
    other: 'Other content',
    source: 'Where it comes from',
    once: 'at once',
    'appeal.ask': 'Time in which you can appeal',
    'appeal.answer': 'Answer an appeal',
    'basis.prescribed': 'Set by law',
    'basis.own': 'Our own promise',
    'basis.unconfirmed': 'Unconfirmed',
    unconfirmed: '“Unconfirmed” means: the law has not said it clearly yet. We keep to this time until it has.',
    act: 'Act',
    code: 'Code of Conduct (Best Practice)',
    versions: 'All versions',
    'version.one': 'Version {version}',
    since: 'since',
    from: 'from',
    help: 'Who can help',
    'help.rung': 'We rang this number on {day}.',
    'help.never': 'We have not rung this number ourselves yet.',
  },
  zh: {
    version: '第{version}版，生效于',
    ahead: '第{version}版，将生效于',
    before: '第{version}版。此版本已被取代，但对生效期间发布的内容仍然适用。生效于',
    now: '阅读现行版本',
    single: '尚未经第二人审阅',
    contents: '本页内容',
    violating: '违反本条款',
    allowed: '不违反本条款',
    law: '法律：{law}',
    times: '我们的承诺与时限',
    'times.text': '时限按小时连续计算，假日也算在内。优先处理内容是指儿童性侵害和金融诈骗。',
    'times.private': '法令不适用于私人消息。在私人消息中，以下承诺有效：{promises}。',
    promise: '承诺',
    priority: '优先处理内容',
    other: '其他内容',
    source: '依据',
    once: '立即',
    'appeal.ask': '可以申诉的期限',
    'appeal.answer': '答复申诉',
    'basis.prescribed': '法律规定',
    'basis.own': '我们自己的承诺',
    'basis.unconfirmed': '尚未确认',
    unconfirmed: '“尚未确认”表示法律还没有明确说明。在明确之前，我们遵守这个时限。',
    act: '法令',
    code: '行为规范（最佳实践）',
    versions: '所有版本',
    'version.one': '第{version}版',
    since: '自',
    from: '将自',
    help: '谁能帮忙',
    'help.rung': '我们在 {day} 拨打过这个号码。',
    'help.never': '我们还没有亲自拨打过这个号码。',
  },
  ta: {
    version: 'பதிப்பு {version}, நடைமுறைக்கு வந்தது',
    ahead: 'பதிப்பு {version}, நடைமுறைக்கு வரும் நாள்',
    before: 'பதிப்பு {version}. இதற்குப் பதில் வேறு பதிப்பு வந்துள்ளது. இது நடைமுறையில் இருந்தபோது அனுப்பியவற்றுக்கு இன்னும் பொருந்தும். தொடங்கியது',
    now: 'இப்போது நடைமுறையில் உள்ள பதிப்பைப் படியுங்கள்',
    single: 'இரண்டாவது நபர் இன்னும் பார்க்கவில்லை',
    contents: 'இங்கே உள்ளவை',
    violating: 'இந்த விதியை மீறுவது',
    allowed: 'இந்த விதியை மீறாதது',
    law: 'சட்டம்: {law}',
    times: 'எங்கள் வாக்குறுதிகளும் நேரமும்',
    'times.text': 'ஒவ்வொரு மணி நேரமும் கணக்கில் வரும், விடுமுறை நாளும். முன்னுரிமை உள்ளடக்கம் என்பது சிறார் பாலியல் துன்புறுத்தலும் நிதி மோசடியும்.',
    'times.private': 'தனிப்பட்ட செய்திகளுக்கு இந்தச் சட்டம் பொருந்தாது. அங்கே பொருந்தும் வாக்குறுதிகள்: {promises}.',
    promise: 'வாக்குறுதி',
    priority: 'முன்னுரிமை உள்ளடக்கம்',
    other: 'மற்ற உள்ளடக்கம்',
    source: 'எதிலிருந்து',
    once: 'உடனே',
    'appeal.ask': 'நீங்கள் மேல்முறையீடு செய்யக்கூடிய காலம்',
    'appeal.answer': 'மேல்முறையீட்டுக்குப் பதில்',
    'basis.prescribed': 'சட்டம் சொல்வது',
    'basis.own': 'எங்கள் சொந்த வாக்குறுதி',
    'basis.unconfirmed': 'உறுதியாகவில்லை',
    unconfirmed: '“உறுதியாகவில்லை” என்றால்: சட்டம் இன்னும் தெளிவாகச் சொல்லவில்லை. தெளிவாகும் வரை இந்த நேரத்தைக் கடைப்பிடிக்கிறோம்.',
    act: 'சட்டம்',
    code: 'நடத்தை நெறிமுறை (சிறந்த நடைமுறை)',
    versions: 'எல்லாப் பதிப்புகளும்',
    'version.one': 'பதிப்பு {version}',
    since: 'முதல்',
    from: 'வரவிருப்பது',
    help: 'யார் உதவ முடியும்',
    'help.rung': 'இந்த எண்ணை {day} அன்று அழைத்துப் பார்த்தோம்.',
    'help.never': 'இந்த எண்ணை நாங்கள் இன்னும் அழைத்துப் பார்க்கவில்லை.',
  },
});

export interface GuidelinesShown {
  readonly shown: policy.Policy;
  /** The version in force now. */
  readonly current: string;
  readonly versions: readonly policy.VersionRow[];
  readonly now: Date;
  readonly lines: readonly KnownLine[];
}

/** Where a version is read, at a clause of it. */
export function guidelinesPath(version: string, language: Language, clause?: string): string {
  return `${withLanguage(`/guidelines/v/${version}`, language)}${clause === undefined ? '' : `#${clause}`}`;
}

/** The guidelines as they bind, and the promises with their times: generated from the policy and the catalogue of clocks, never written apart. */
export function guidelinesPage(language: Language, { shown, current, versions, now, lines }: GuidelinesShown): Part {
  const say = words(language);
  const { document, version } = shown;
  const state = version === current ? 'version' : shown.inForceFrom > now ? 'ahead' : 'before';
  const harms = policy.allHarms.map((harm) => ({ harm, clauses: shown.clauses.filter((clause) => clause.harm === harm.id) }));
  return html`<p class="lead">${document.intro[language]}</p>
<p>${say(state, { version })} ${dateTime(shown.inForceFrom, language)}. ${shown.singleHanded ? badge({ level: 'medium', word: say('single') }) : null}</p>
${version === current ? null : html`<p><a href="${withLanguage('/guidelines', language)}">${say('now')}</a></p>`}
<nav aria-labelledby="contents"><h2 id="contents">${say('contents')}</h2><ul>${harms.map(({ harm }) => html`<li><a href="${`#${harm.id}`}">${harm.name[language]}</a></li>`)}<li><a href="#times">${say('times')}</a></li><li><a href="#help">${say('help')}</a></li><li><a href="#versions">${say('versions')}</a></li></ul></nav>
${harms.map(({ harm, clauses }) => html`<section class="stack" aria-labelledby="${harm.id}"><h2 id="${harm.id}">${harm.name[language]}</h2>${clauses.map((clause) => clauseCard(clause, language))}</section>`)}
<h2 id="times">${say('times')}</h2><p>${say('times.text')}</p>${times(language)}<p>${say('times.private', { promises: onPrivate(language) })}</p><p>${say('unconfirmed')}</p>
<h2 id="help">${say('help')}</h2>${help(lines, language)}
<h2 id="versions">${say('versions')}</h2><ul>${versions
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(
      (one) =>
        html`<li><a href="${guidelinesPath(one.policy, language)}">${say('version.one', { version: one.policy })}</a>, ${say(one.inForceFrom > now ? 'from' : 'since')} ${dateTime(one.inForceFrom, language)}</li>`,
    )}</ul>`;
}

/** The numbers that we give, and when we rang each last. What nobody has confirmed is not among them. */
function help(lines: readonly KnownLine[], language: Language): Part {
  const say = words(language);
  const shown = lines.filter((line) => !line.verify || line.verified_at !== null);
  return html`<ul>${shown.map(
    (line) =>
      html`<li>${line.name[language]}: <a href="${`tel:${line.tel}`}">${line.number}</a> (${line.hours[language]}). ${
        line.verified_at === null
          ? say('help.never')
          : say('help.rung', { day: dateText(new Date(`${line.verified_at}T12:00:00+08:00`), language) })
      }</li>`,
  )}</ul>`;
}

function clauseCard(clause: policy.Clause, language: Language): Part {
  const say = words(language);
  const { violating, allowed } = clause.examples;
  const list = (title: string, examples: readonly policy.Words[]) =>
    examples.length === 0 ? null : html`<h4>${title}</h4><ul>${examples.map((example) => html`<li>${example[language]}</li>`)}</ul>`;
  return html`<article class="card stack" id="${clause.id}"><h3>${clause.number} ${clause.title[language]}</h3><p>${clause.rule[language]}</p>${list(say('violating'), violating)}${list(say('allowed'), allowed)}<p class="quiet">${say('law', { law: clause.law[language] })}</p></article>`;
}

const promised = [
  'acknowledge',
  'protect',
  'determine',
  'enforce',
  'answer.status',
  'answer.outcome',
  'appeal.ask',
  'appeal.answer',
] as const;

/** What of it counts where the Act does not reach, as the catalogue says. */
function onPrivate(language: Language): string {
  const there = promised.filter((id) => policy.runsOn(id, 'yes')).map((id) => nameOf(policy.timeEntry(id), language));
  return there.join(language === 'zh' ? '、' : '; ');
}

function nameOf({ id, name }: policy.TimeEntry, language: Language): string {
  return name?.[language] ?? words(language)(id as 'appeal.ask');
}

function times(language: Language): Part {
  const say = words(language);
  const span = (minutes: number) => (minutes === 0 ? say('once') : spanText(minutes * 60_000, language));
  return table<policy.TimeEntry>({
    caption: say('times'),
    rows: promised.map((id) => policy.timeEntry(id)),
    columns: [
      { title: say('promise'), cell: (entry) => nameOf(entry, language) },
      { title: say('priority'), cell: ({ lengths }) => span(lengths.priority) },
      { title: say('other'), cell: ({ lengths }) => span(lengths.other) },
      {
        title: say('source'),
        cell: ({ law, basis }) =>
          html`${law.replaceAll('Code of Conduct (Best Practice)', say('code')).replaceAll('Act ', `${say('act')} `)}<br>${badge({ level: basis === 'unconfirmed' ? 'medium' : 'low', word: say(`basis.${basis}`) })}`,
      },
    ],
  });
}
