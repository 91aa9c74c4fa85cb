import { badge } from '../../foundation/html/badge.ts';
import { definitionList } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { Resemblance } from '../../procedure/moderation/index.ts';
import { may } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { hint } from './hint.ts';
import { type AccountTables, tables } from './tables.ts';

const words = staffTexts({
  ms: {
    title: 'Akaun {name}',
    stands: 'Keadaan',
    weight: 'Berat teguran yang masih dikira',
    next: 'Langkah seterusnya',
    'next.at': '{step}, apabila berat mencapai {from}',
    'end.title': 'Orang kedua diperlukan',
    'end.text': 'Tangga tindakan membawa kepada penamatan. Akaun digantung sehingga orang kedua memutuskan.',
    'end.reason': 'Mengapa akaun ini ditamatkan?',
    end: 'Tamatkan akaun',
    age: 'Umur',
    'age.child': 'Bawah 18 tahun: tangga tindakan berhenti pada penggantungan, kecuali fasal itu sendiri membawa lebih jauh',
    'age.adult': 'Dewasa',
    own: 'Hanya teguran akaun ini dikira; akaun lain yang mungkin milik orang yang sama tidak dikira.',
  },
  en: {
    title: 'Account {name}',
    stands: 'Stands',
    weight: 'Weight of the strikes that count',
    next: 'Next step',
    'next.at': '{step}, once the weight reaches {from}',
    'end.title': 'A second person is needed',
    'end.text': 'The ladder leads to the end of this account. It is suspended until a second person has decided.',
    'end.reason': 'Why is this account ended?',
    end: 'Terminate the account',
    age: 'Age',
    'age.child': 'Under 18: the ladder ends with suspension, unless a clause itself leads further',
    'age.adult': 'Adult',
    own: 'Only strikes of this account count; those of accounts that may belong to the same person do not.',
  },
});

export interface AccountRead extends AccountTables {
  readonly account: subjects.Account;
  /** Measures from which the ladder leads to the end of the account. */
  readonly waiting: readonly string[];
  readonly resembling: readonly Resemblance[];
}

/** One account as a moderator sees it. */
export function accountPage(visit: Visit, read: AccountRead, errors?: readonly FieldError[]): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  const { account, standing } = read;
  return frame(visit, {
    title: say('title', { name: account.handle ?? account.externalId }),
    active: 'queue',
    ...(errors ? { errors } : {}),
    body: html`${definitionList([
      [say('stands'), badge({ level: standing.state === 'active' ? 'good' : 'high', word: common(`shown.${standing.state}`) })],
      account.ageBand === null ? null : [say('age'), say(subjects.isChild(account) ? 'age.child' : 'age.adult')],
      [say('weight'), String(standing.total)],
      standing.next === null ? null : [say('next'), say('next.at', { step: standing.next.name[language], from: standing.next.from })],
    ])}<p class="quiet">${say('own')}</p>${hint(visit, read.resembling)}${ends(visit, read, errors)}
${tables(visit, read)}`,
  });
}

/** The form of the second person, where one is awaited; only to who may be it. */
function ends(visit: Visit, { account, standing, waiting }: AccountRead, errors: readonly FieldError[] = []): Part {
  const say = words(visit.language);
  const awaited = standing.live.find(({ decision }) => waiting.includes(decision.id))?.decision;
  if (!awaited) return null;
  const mine = may(visit.member, 'account.terminate', { type: 'decision', decidedBy: awaited.decidedBy }).allowed;
  const wrong = errors.find((error) => error.field === 'reason')?.message;
  return html`<section class="protect"><h2>${say('end.title')}</h2><p>${say('end.text')}</p>${
    mine
      ? html`<form method="post" action="${`/desk/accounts/${account.id}/terminate`}">${proof(visit)}<input type="hidden" name="decision" value="${awaited.id}">${field({ kind: 'long', language: visit.language, name: 'reason', label: say('end.reason'), rows: 3, maxlength: 5_000, ...(wrong ? { error: wrong } : {}) })}${button({ text: say('end'), kind: 'primary' })}</form>`
      : null
  }</section>`;
}
