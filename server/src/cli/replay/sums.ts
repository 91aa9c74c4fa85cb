import type { Counts, Figures } from './figures.ts';
import type { Seen } from './play.ts';

/** Two ways of counting the same thing; each sum must come out the same. */
export interface Sum {
  readonly says: string;
  readonly left: number;
  readonly right: number;
}

export const total = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0);
const stage = (decisions: Counts, name: string): number =>
  total(Object.fromEntries(Object.entries(decisions).filter(([kind]) => kind.startsWith(`${name} `))));

/** Every sum that must hold between what the provider saw, what the tables say, and what the records say. */
export function sums(seen: Seen, figures: Figures): Sum[] {
  const { verdicts, cases, decisions, actions, notices, records, clocks } = figures;
  const { allow, ...raised } = seen.verdicts;
  const of = (kind: string) => records[kind] ?? 0;
  return [
    { says: 'verdicts answered = items', left: total(seen.verdicts), right: seen.items },
    { says: 'items allowed = those the records count', left: allow, right: figures.allowed },
    ...Object.entries(raised).map(([verdict, n]) => ({
      says: `items with ${verdict} = rows of the table`,
      left: n,
      right: verdicts[verdict] ?? 0,
    })),
    { says: 'verdicts in the table = records verdict.given', left: total(verdicts), right: of('verdict.given') },
    { says: 'cases that the answers named = rows of the table', left: seen.cases.size, right: total(cases) },
    { says: 'cases = records case.opened', left: total(cases), right: of('case.opened') },
    { says: 'cases no longer open = final decisions', left: total(cases) - (cases['open'] ?? 0), right: stage(decisions, 'final') },
    { says: 'final decisions = those the moderators made', left: stage(decisions, 'final'), right: seen.decided },
    { says: 'decisions = records decision.made', left: total(decisions), right: of('decision.made') },
    {
      says: 'temporary decisions = machine’s and moderators’',
      left: stage(decisions, 'temporary'),
      right: raised.withhold + raised.block + seen.hidden,
    },
    { says: 'actions by state = records action.ordered', left: total(actions), right: of('action.ordered') },
    {
      says: 'actions acknowledged and moot = records action.acknowledged',
      left: (actions['acknowledged'] ?? 0) + (actions['moot'] ?? 0),
      right: of('action.acknowledged'),
    },
    { says: 'notices = records notice.written', left: total(notices), right: of('notice.written') },
    { says: 'notices handed over = records notice.handed', left: notices['handed'] ?? 0, right: of('notice.handed') },
    {
      says: 'clocks determine = cases',
      left: clocks.filter(({ clock }) => clock === 'determine').reduce((n, { kept, late, running }) => n + kept + late + running, 0),
      right: total(cases),
    },
    { says: 'records by kind = records under the signed checkpoint', left: total(records), right: figures.sealed },
  ];
}

/** The file's labels against the verdicts; null where it has none. Nothing raised counts as precision 0. */
export function scores({ labels: { hit, missed, wrong, right } }: Seen): { precision: number; recall: number } | null {
  if (hit + missed + wrong + right === 0) return null;
  const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);
  return { precision: share(hit, hit + wrong), recall: share(hit, hit + missed) };
}
