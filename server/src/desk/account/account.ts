import { badge } from '../../foundation/html/badge.ts';
import { definitionList } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { Resemblance } from '../../procedure/returning/index.ts';
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
    'end.reason': 'Mengapa? Jika ditamatkan, pemegang akaun membacanya; jika tidak, hanya kakitangan.',
    end: 'Tamatkan akaun',
    keep: 'Biarkan digantung sahaja',
    alone: 'Tamatkan seorang diri',
    'alone.text': 'Kuasa kecemasan terbuka untuk anda: pegawai pematuhan dipanggil, dan orang lain menyemaknya kemudian.',
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
    'end.reason': 'Why? Ended, the holder reads it; left suspended, only the staff do.',
    end: 'Terminate the account',
    keep: 'Leave it suspended',
    alone: 'End it alone',
    'alone.text': 'Break-glass is open for you: the compliance officer is called, and somebody else reviews it afterwards.',
    age: 'Age',
    'age.child': 'Under 18: the ladder ends with suspension, unless a clause itself leads further',
    'age.adult': 'Adult',
    own: 'Only strikes of this account count; those of accounts that may belong to the same person do not.',
  },
});

/** A measure from which the ladder leads to the end of the account, for which a second person is awaited. */
export interface Awaited {
  readonly id: string;
  readonly decidedBy: string | null;
  readonly proposedBy: string | null;
  readonly harm: string;
  /** Whether the reader has break-glass open. */
  readonly alone: boolean;
}

export interface AccountRead extends AccountTables {
  readonly account: subjects.Account;
  readonly waiting: readonly Awaited[];
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
    ])}<p class="quiet">${say('own')}</p>${hint(visit, { account: account.id, found: read.resembling, guidelines: read.guidelines, ...(errors ? { errors } : {}) })}${ends(visit, read, errors)}
${tables(visit, read)}`,
  });
}

const addresses = { end: 'terminate', keep: 'keep', alone: 'terminate-alone' } as const;
const looks = { end: 'primary', keep: 'plain', alone: 'critical' } as const;

/** The form of the second person, where one is awaited; only to who may be it. */
function ends(visit: Visit, { account, waiting }: AccountRead, errors: readonly FieldError[] = []): Part {
  const say = words(visit.language);
  const [awaited] = waiting;
  if (!awaited) return null;
  const mine = may(visit.member, 'account.terminate', { type: 'decision', ...awaited }).allowed;
  const alone = awaited.alone && awaited.decidedBy === visit.member.id;
  const wrong = errors.find((error) => error.field === 'reason')?.message;
  const form = (...acts: readonly ('end' | 'keep' | 'alone')[]) => {
    const to = (act: 'end' | 'keep' | 'alone') => `/desk/accounts/${account.id}/${addresses[act]}`;
    return html`<form method="post" action="${to(acts[0] as 'end')}">${proof(visit)}<input type="hidden" name="decision" value="${awaited.id}">${field({ kind: 'long', language: visit.language, name: 'reason', label: say('end.reason'), rows: 3, maxlength: 5_000, ...(wrong ? { error: wrong } : {}) })}<div class="actions">${acts.map((act) => button({ text: say(act), kind: looks[act], formaction: to(act) }))}</div></form>`;
  };
  return html`<section class="protect"><h2>${say('end.title')}</h2><p>${say('end.text')}</p>${
    mine ? form('end', 'keep') : alone ? html`<p>${say('alone.text')}</p>${form('alone')}` : null
  }</section>`;
}
