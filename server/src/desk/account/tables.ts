import type * as decisions from '../../decisions/index.ts';
import type { Html } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import * as policy from '../../policy/index.ts';
import type { Standing } from '../../procedure/moderation/index.ts';
import { caseLink } from '../case-link.ts';
import type { Visit } from '../frame.ts';
import { clauseName, harmShort, words as shared } from '../words.ts';
import { hiddenFrom } from './lane.ts';

const words = staffTexts({
  ms: {
    strikes: 'Teguran yang masih dikira',
    'strikes.none': 'Tiada teguran yang masih dikira.',
    clause: 'Fasal',
    given: 'Diberi',
    until: 'Luput',
    'until.none': 'Tiada tarikh tamat',
    heavy: 'Berat',
    live: 'Tindakan yang sedang berjalan',
    'live.none': 'Tiada tindakan yang sedang berjalan ke atas akaun ini.',
    history: 'Riwayat',
    'history.none': 'Belum ada keputusan tentang akaun ini.',
    what: 'Keputusan',
    state: 'Status',
    'is.standing': 'Berkuat kuasa',
    'is.ended': 'Tamat tempoh',
    'is.lapsed': 'Luput',
    'is.superseded': 'Diganti',
  },
  en: {
    strikes: 'Strikes that count',
    'strikes.none': 'No strike counts now.',
    clause: 'Clause',
    given: 'Given',
    until: 'Runs out',
    'until.none': 'No end of its own',
    heavy: 'Weight',
    live: 'Measures that run',
    'live.none': 'No measure runs on this account.',
    history: 'History',
    'history.none': 'Nothing has been decided about this account yet.',
    what: 'Decision',
    state: 'State',
    'is.standing': 'Stands',
    'is.ended': 'Time over',
    'is.lapsed': 'Lapsed',
    'is.superseded': 'Replaced',
  },
});

export interface AccountTables {
  readonly standing: Standing;
  readonly history: readonly decisions.Decision[];
  readonly guidelines: policy.Policy;
  /** What their cases are about, by case. */
  readonly harms: ReadonlyMap<string, string>;
}

/** What runs on an account, what counts against it and until when, and what was decided. */
export function tables(visit: Visit, read: AccountTables): Html {
  const { standing, history } = read;
  const { language } = visit;
  const say = words(language);
  const common = shared(language);
  return html`<h2>${say('live')}</h2>${table<Standing['live'][number]>({
    caption: say('live'),
    rows: standing.live,
    empty: html`<p class="quiet">${say('live.none')}</p>`,
    columns: [
      { title: say('what'), cell: ({ measure }) => html`<strong>${common(`determination.${measure}`)}</strong>` },
      { title: say('clause'), cell: ({ decision }) => named(visit, read, decision) },
      { title: say('given'), cell: ({ decision }) => dateTime(decision.decidedAt, language) },
      { title: say('until'), cell: ({ decision }) => (decision.endsAt ? dateTime(decision.endsAt, language) : say('until.none')) },
      { title: common('case'), cell: ({ decision }) => linked(visit, read, decision) },
    ],
  })}
<h2>${say('strikes')}</h2>${table<policy.Strike>({
    caption: say('strikes'),
    rows: standing.strikes,
    empty: html`<p class="quiet">${say('strikes.none')}</p>`,
    columns: [
      {
        title: say('clause'),
        cell: (strike) => html`${named(visit, read, strike)}${hidden(visit, read, strike) === null ? reasons(visit, strike) : null}`,
      },
      { title: say('heavy'), number: true, cell: ({ weight }) => String(weight) },
      { title: say('given'), cell: ({ at }) => dateTime(at, language) },
      { title: say('until'), cell: ({ until }) => dateTime(until, language) },
      { title: common('case'), cell: (strike) => linked(visit, read, strike) },
    ],
  })}
<h2>${say('history')}</h2>${table<decisions.Decision>({
    caption: say('history'),
    rows: history,
    empty: html`<p class="quiet">${say('history.none')}</p>`,
    columns: [
      { title: say('what'), cell: ({ determination }) => common(`determination.${determination}`) },
      { title: say('clause'), cell: (decision) => named(visit, read, decision) },
      { title: say('given'), cell: ({ decidedAt }) => dateTime(decidedAt, language) },
      { title: say('state'), cell: ({ state }) => say(`is.${state}`) },
      { title: common('case'), cell: (decision) => linked(visit, read, decision) },
    ],
  })}`;
}

/** For what somebody has a strike, in the words that it is reported by: the harm, and the reasons that lead to the clause. */
function reasons({ language }: Visit, { clause, harm }: Pick<policy.Strike, 'clause' | 'harm'>): Html {
  const names = policy.allReasons.filter((reason) => reason.clause === clause).map(({ name }) => name[language]);
  return html`<span class="below">${harmShort(harm, language)}: ${names.join('; ')}</span>`;
}

type Of = { readonly case: string; readonly clause: string | null };
type Known = Pick<AccountTables, 'guidelines' | 'harms'>;

function hidden(visit: Visit, { guidelines, harms }: Known, { case: of, clause }: Of): string | null {
  return hiddenFrom(visit, guidelines, { clause, harm: harms.get(of) });
}

function named(visit: Visit, known: Known, of: Of): string {
  return hidden(visit, known, of) ?? clauseName(of.clause, known.guidelines, visit.language);
}

/** To the case of a decision or strike; its number alone for who may not open it, and of child abuse material not even that. */
function linked(visit: Visit, known: Known, of: Of): Html | string {
  const harm = known.harms.get(of.case) ?? (of.clause === null ? '' : (known.guidelines.clauseOf(of.clause)?.harm ?? ''));
  return hidden(visit, known, of) ?? caseLink(visit, { case: of.case, harm });
}
