import { badge } from '../../foundation/html/badge.ts';
import { definitionList, said } from '../../foundation/html/blocks.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import type { Level } from '../../foundation/html/marks.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { ownNames } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { CaseRead, DecisionRead } from '../../views/case-life.ts';
import type { Visit } from '../frame.ts';
import { clauseName, words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    temporary: 'Sementara',
    final: 'Muktamad',
    superseded: 'Sudah diganti',
    stands: 'Berkuat kuasa',
    clause: 'Fasal',
    reason: 'Sebab',
    'reason.none': 'Tidak ditulis',
    by: 'Oleh',
    when: 'Bila',
    until: 'Hingga',
    malaysia: 'di Malaysia sahaja',
    platform: 'Di platform',
    order: 'Arahan {seq}: {what}',
    nothing: 'Tiada apa-apa diminta daripada platform.',
    mismatches: { other: 'Platform {count} kali menyatakan keadaan lain.' },
    notices: 'Notis',
    'notice.written': 'Ditulis, belum diserahkan',
    'notice.handed': 'Diserahkan',
    law: 'Undang-undang: {law}',
    guidelines: 'Garis panduan',
    'guidelines.version': 'Versi {version}',
    rule: 'Peraturan',
    'rule.version': '{name}, versi {version}',
  },
  en: {
    temporary: 'Temporary',
    final: 'Final',
    superseded: 'Replaced',
    stands: 'In force',
    clause: 'Clause',
    reason: 'Reason',
    'reason.none': 'None written',
    by: 'By',
    when: 'When',
    until: 'Until',
    malaysia: 'in Malaysia only',
    platform: 'On the platform',
    order: 'Order {seq}: {what}',
    nothing: 'Nothing was asked of the platform.',
    mismatches: {
      one: 'The platform reported another state {count} time.',
      other: 'The platform reported another state {count} times.',
    },
    notices: 'Notices',
    'notice.written': 'Written, not handed over yet',
    'notice.handed': 'Handed over',
    law: 'Law: {law}',
    guidelines: 'Guidelines',
    'guidelines.version': 'Version {version}',
    rule: 'Rule',
    'rule.version': '{name}, version {version}',
  },
});

const actionLevel: Readonly<Record<string, Level>> = { ordered: 'medium', acknowledged: 'good', moot: 'low', superseded: 'low' };

/** What has been decided in this case so far, newest first: what was asked of the platform for it, and who was told. */
export function decided(visit: Visit, read: CaseRead): Part {
  return [...read.decisions].reverse().map((decision) => one(visit, read, decision));
}

function one(visit: Visit, read: CaseRead, decision: DecisionRead): Html {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const replaced = decision.supersededBy !== null;
  return html`<section class="${replaced ? 'decision decision-replaced' : 'decision'}"><h3>${common(`determination.${decision.determination as 'remove'}`)} <span class="quiet">${say(decision.stage as 'final')} · ${say(replaced ? 'superseded' : 'stands')}</span></h3>${decisionFacts(
    visit,
    decision,
  )}${actions(visit, read, decision)}${noticesOf(visit, read, decision)}</section>`;
}

/** By which clause, why, by whom, when. `blind`: who decided is not named, so that whoever hears the appeal judges the matter alone. */
export function decisionFacts({ language }: Visit, decision: DecisionRead, { blind = false }: { readonly blind?: boolean } = {}): Html {
  const say = words(language);
  const common = shared(language);
  const law = decision.law?.law[language];
  return definitionList([
    decision.clause === null
      ? null
      : [
          say('clause'),
          html`${clauseName(decision.clause, { clauseOf: () => decision.law ?? undefined }, language)}${law ? html` <span class="law">${say('law', { law })}</span>` : null}`,
        ],
    [say('guidelines'), say('guidelines.version', { version: decision.policy })],
    decision.rule ? [say('rule'), say('rule.version', decision.rule)] : null,
    decision.stage === 'final' || decision.reason
      ? [say('reason'), decision.reason ? said(decision.reason) : html`<span class="quiet">${say('reason.none')}</span>`]
      : null,
    [
      say('when'),
      html`${dateTime(decision.decidedAt, language)}${blind ? null : html`, ${decision.automated === 'fully' ? common('machine') : (decision.byName ?? common('no-name'))}`}`,
    ],
    decision.endsAt ? [say('until'), dateTime(decision.endsAt, language)] : null,
    decision.expiresAt && decision.supersededBy === null ? [say('until'), dateTime(decision.expiresAt, language)] : null,
  ]);
}

function actions({ language }: Visit, read: CaseRead, decision: DecisionRead): Html {
  const say = words(language);
  const common = shared(language);
  const mine = read.actions.filter((action) => action.decision === decision.id);
  if (mine.length === 0) return html`<p class="quiet">${say('nothing')}</p>`;
  const rows = mine.map(
    (action) =>
      html`<li><span>${say('order', { seq: action.targetSeq, what: common(`do.${action.do}`) })}${action.territory === null ? null : html` (${say('malaysia')})`}</span> ${badge({ level: actionLevel[action.state] ?? 'low', word: common(`action.${action.state}`) })}${
        action.mismatches > 0 ? html`<span class="below">${say('mismatches', { count: action.mismatches })}</span>` : null
      }</li>`,
  );
  return html`<h4>${say('platform')}</h4><ul class="plain">${rows}</ul>`;
}

function noticesOf({ language }: Visit, read: CaseRead, decision: DecisionRead): Html | null {
  const say = words(language);
  const mine = read.notices.filter((notice) => notice.decision === decision.id);
  if (mine.length === 0) return null;
  const rows = mine.map(
    (notice) =>
      html`<li><span>${shared(language)(`side.${notice.role}`)}, <span lang="${notice.language}">${ownNames[notice.language]}</span></span> ${badge({ level: notice.state === 'handed' ? 'good' : 'low', word: say(`notice.${notice.state}`) })}</li>`,
  );
  return html`<h4>${say('notices')}</h4><ul class="plain">${rows}</ul>`;
}
