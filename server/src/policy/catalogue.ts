import type { Harm } from '@perisai/screening';
import clocksFile from '../../../catalogue/clocks.json' with { type: 'json' };
import harmsFile from '../../../catalogue/harms.json' with { type: 'json' };
import policyFile from '../../../catalogue/policy/1.json' with { type: 'json' };
import laterFile from '../../../catalogue/policy/later.json' with { type: 'json' };
import { applied, type Clause, digestOf, type PolicyDocument, type Words } from './document.ts';

/** One of the Code's seven harms, with what the law asks of it. */
export interface HarmEntry {
  readonly id: Harm;
  readonly order: number;
  /** Priority content (CSAM, financial fraud): made inaccessible first, Act 866 s.22. */
  readonly priority: boolean;
  readonly onLapse: 'keep' | 'restore';
  /** What it is about may harm who sees it: shown only when asked for, and every showing is a record (invariant 9). */
  readonly guarded: boolean;
  readonly dsa: string;
  readonly helpLines: readonly string[];
  readonly name: Words;
  readonly short: Words;
  readonly question: Words;
}

/** Whether a surface is a private messaging feature, as the provider decided and recorded it. */
export type SurfaceProfile = 'yes' | 'no' | 'grey';

interface Reach {
  /** Where the law that the clock is of applies. */
  readonly surfaces: readonly SurfaceProfile[];
  /** Why the same holds everywhere else, as a promise of ours. */
  readonly beyond?: string;
}

interface ClockEntry extends Reach {
  readonly id: string;
  readonly lengths: Lengths;
  readonly alarm?: Lengths;
  readonly restore?: Lengths;
  readonly law: string;
  readonly basis: string;
  readonly reading: string;
  readonly name: Words;
}
interface Lengths {
  readonly priority: number;
  readonly other: number;
}

const harms = new Map((harmsFile.harms as unknown as HarmEntry[]).map((entry) => [entry.id, entry]));
const clocks = new Map((clocksFile.clocks as unknown as ClockEntry[]).map((clock) => [clock.id, clock]));
const windows = new Map(
  (clocksFile.windows as unknown as ({ id: string; lengths: Lengths } & Reach)[]).map((window) => [window.id, window]),
);

/** What installations of 0.2.0 and before began with. Its file never changes: they name it by its digest. */
const firstPolicy = policyFile as unknown as PolicyDocument;

/** Clauses that came with later releases. They bind nobody where guidelines are in force already, until two people there have taken them up. */
export const laterClauses = laterFile.clauses as unknown as readonly Clause[];

/** The policy that a new installation begins with. */
export const shippedPolicy: PolicyDocument = applied(
  firstPolicy,
  { intro: null, clauses: laterClauses.map((clause) => ({ id: clause.id, clause })) },
  firstPolicy.version,
  laterFile.since,
);

/** SHA-256 of its JCS text: which words exactly are in force where nobody has written others. */
export const shippedDigest: string = digestOf(shippedPolicy);

/** Every text that an installation may have begun with, by its digest: a release never forgets one. */
export const shippedTexts: ReadonlyMap<string, PolicyDocument> = new Map([
  [digestOf(firstPolicy), firstPolicy],
  [shippedDigest, shippedPolicy],
]);

/** The clause on coming back after the end of an account. */
export const returning = 'account.return';

export const allHarms: readonly HarmEntry[] = [...harms.values()].sort((a, b) => a.order - b.order);

export function harmEntry(id: Harm): HarmEntry {
  return harms.get(id) as HarmEntry;
}

/** Is what these are about kept from eyes that did not ask for it? One of them is enough. */
export function isGuarded(all: readonly Harm[]): boolean {
  return all.some((id) => harmEntry(id).guarded);
}

export function clockEntry(id: string): Pick<ClockEntry, 'id' | 'law' | 'basis' | 'reading' | 'name'> {
  return clocks.get(id) as ClockEntry;
}

/** Minutes a clock gives: by harm, and for `enforce` by what has to be enforced. A clock of no length (protect, priority content) is due at its alarm. */
export function clockMinutes(id: string, harm: Harm, restoring = false): number {
  const clock = clocks.get(id) as ClockEntry;
  const lengths = restoring && clock.restore ? clock.restore : clock.lengths;
  const of = harmEntry(harm).priority ? 'priority' : 'other';
  return lengths[of] === 0 && clock.alarm ? clock.alarm[of] : lengths[of];
}

/** Whether a clock, or a window that is one, runs on surfaces of this kind. The catalogue says so; what it leaves out is owed by no law there. */
export function runsOn(id: string, profile: SurfaceProfile): boolean {
  const { surfaces, beyond } = (clocks.get(id) ?? windows.get(id)) as Reach;
  return surfaces.includes(profile) || beyond !== undefined;
}

const warned = [
  'acknowledge',
  'protect',
  'determine',
  'enforce',
  'answer.status',
  'answer.outcome',
  'appeal.answer',
  'inquiry.answer',
] as const;

/** How many minutes before its time each clock is told to run out, of priority content and of other; of a clock of no length nothing comes before. Of a time that the regulator states, a day. */
export const alarmLeads = [
  ...warned.flatMap(leadOf),
  ...[true, false].map((priority) => ({ clock: 'instruction', priority, minutes: 1_440 }) as const),
];

function leadOf(id: (typeof warned)[number]) {
  const { lengths, alarm } = (clocks.get(id) ?? windows.get(id)) as Pick<ClockEntry, 'lengths' | 'alarm'>;
  return (['priority', 'other'] as const).flatMap((of) =>
    alarm && alarm[of] < lengths[of] ? [{ clock: id, priority: of === 'priority', minutes: lengths[of] - alarm[of] }] : [],
  );
}

/** The minutes of a clock, or of a window that is one (`appeal.answer`, `inquiry.answer`), as the catalogue has them: for the reference. */
export function clockLengths(id: string): Lengths & { readonly restore?: Lengths } {
  const clock = clocks.get(id);
  if (!clock) return (windows.get(id) as { lengths: Lengths }).lengths;
  const zero = (of: 'priority' | 'other') => (clock.lengths[of] === 0 && clock.alarm ? clock.alarm[of] : clock.lengths[of]);
  return { priority: zero('priority'), other: zero('other'), ...(clock.restore && { restore: clock.restore }) };
}

/** A promise of the catalogue as the public reads it. A length of 0 is *at once*; what is no clock of its own has no name there. */
export interface TimeEntry {
  readonly id: string;
  readonly name?: Words;
  readonly lengths: Lengths;
  readonly law: string;
  readonly basis: 'prescribed' | 'own' | 'unconfirmed';
}

export function timeEntry(id: string): TimeEntry {
  return (clocks.get(id) ?? windows.get(id)) as unknown as TimeEntry;
}

/** Minutes a window stays open. */
export function windowMinutes(
  id: 'hidden' | 'interrupt' | 'appeal.ask' | 'appeal.answer' | 'inquiry.ask' | 'inquiry.answer',
  harm: Harm,
): number {
  const lengths = (windows.get(id) as { lengths: Lengths }).lengths;
  return harmEntry(harm).priority ? lengths.priority : lengths.other;
}
