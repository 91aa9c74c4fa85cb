import type { Harm } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { keyedDigest } from '../../foundation/digest.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import type * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { breachOverdue } from './bring-forward.ts';
import { codeDigest, contactCode } from './contact-code.ts';
import { happened } from './happened.ts';
import type { Reporter, ReporterInput } from './reporter.ts';
import type { ItemInput, Sighting } from './snapshot.ts';

export interface ReportInput {
  readonly item: ItemInput;
  readonly attested: 'platform' | 'reporter' | 'franked';
  /** One of both is named; a reason belongs to a harm. */
  readonly harm?: Harm;
  readonly reason?: string;
  readonly text?: string;
  readonly language: Language;
  readonly reporter: ReporterInput;
  readonly received_at?: string;
}

export interface Received {
  readonly report: string;
  readonly case: string;
  /** Null where no law that names such a time applies: on private messaging. */
  readonly acknowledgeBy: Date | null;
  readonly statusBy: Date | null;
  readonly answerBy: Date | null;
  readonly code: string;
  readonly pin: string;
  /** Whether the snapshot lacks a file. */
  readonly incomplete: boolean;
}

/** Marks a case once where its item is flooded. Nothing else follows: each report keeps its answer and its clocks. */
export async function noteFlood(house: House, tx: Tx, of: cases.Case, arrivals: readonly intake.Arrival[]): Promise<void> {
  if (of.floodedAt !== null || !intake.isFlood(arrivals)) return;
  const payload = { reports: arrivals.length, young: intake.youngAmong(arrivals), minutes: intake.floodMinutes };
  await cases.flood(await append(house, tx, { kind: 'case.flooded', service: of.service, case: of.id, payload }));
}

/** When the platform received it; now, where it does not say. What is owed is owed from then. @throws Problem `time-in-future`, `field-wrong`. */
export function toldAt(house: House, { received_at }: ReportInput): Date {
  return happened(house, received_at);
}

/**
 * Writes that a report was received: its row, its clocks, its contact code.
 * @returns what the reporter gets, and the newest reports on the item, by which a flood is seen
 */
export async function record(
  house: House,
  tx: Tx,
  { service, item, revision, surface }: Sighting & { readonly surface: subjects.Surface },
  of: cases.Case,
  input: ReportInput,
  {
    harm,
    from,
    reporter,
    joined,
    complete,
    binding,
  }: { harm: Harm; from: Date; reporter: Reporter; joined: boolean; complete: boolean; binding: policy.Policy },
): Promise<Received & { readonly arrivals: readonly intake.Arrival[] }> {
  const report = house.ids.next();
  const { code, pin } = contactCode(house);
  const clocks = policy.reportClocks(harm, surface.private, from);
  const because = await append(house, tx, {
    kind: 'report.received',
    service,
    case: of.id,
    occurredAt: from,
    parties: [
      { role: 'reporter', party: reporter.party, purpose: 'report' },
      ...(reporter.email === null ? [] : [{ role: 'contact', party: report, purpose: 'contact' } as const]),
    ],
    payload: {
      report,
      item,
      revision,
      harm,
      reason: input.reason ?? null,
      language: input.language,
      reporter: reporter.account ? 'account' : 'contact',
      capacity: reporter.capacity,
      flagger: reporter.flagger,
      relation: reporter.relation,
      reference: reporter.reference,
      age_days: reporter.ageDays,
      lane: reporter.lane,
      joined,
      text: input.text ?? null,
      access: { code: codeDigest(house, code), pin: keyedDigest(house.secret, 'pin', code, pin), shown: code },
      email: reporter.email,
      clocks,
    },
    versions: { policy: binding.version },
  });
  await intake.receive(because);
  const [arrivals] = await Promise.all([
    intake.arrivalsOn(tx, item, new Date(house.clock.now().getTime() - intake.floodMinutes * 60_000)),
    cases.placeByReport(because),
    cases.startClocks(because, report),
  ]);
  await breachOverdue(house, tx, of, report, clocks);
  const due = (name: string) => {
    const at = clocks.find(({ clock }) => clock === name)?.due_at;
    return at === undefined ? null : new Date(at);
  };
  return {
    report,
    case: of.id,
    acknowledgeBy: due('acknowledge'),
    statusBy: due('answer.status'),
    answerBy: due('answer.outcome'),
    code,
    pin,
    incomplete: !complete,
    arrivals,
  };
}
