import type { Harm } from '@perisai/screening';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { keyedDigest } from '../../foundation/digest.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { tellAlreadyDecided } from './explain.ts';
import { happened } from './happened.ts';
import { openOrJoin } from './open.ts';
import { type ItemInput, noteAccounts, type PersonInput, type Sighting, sight, snapshot } from './snapshot.ts';
import { withhold } from './withhold.ts';

export interface ReportInput {
  readonly item: ItemInput;
  readonly attested: 'platform' | 'reporter' | 'franked';
  readonly harm: Harm;
  readonly text?: string;
  readonly language: Language;
  readonly reporter: { readonly account: PersonInput } | { readonly contact: { readonly email?: string; readonly language?: Language } };
  readonly received_at?: string;
}

export interface Received {
  readonly report: string;
  readonly case: string;
  readonly acknowledgeBy: Date;
  readonly statusBy: Date;
  readonly answerBy: Date;
  readonly code: string;
  readonly pin: string;
}

/**
 * Receives a report: what was seen is sealed, a case has it, its clocks run, its reporter will be answered. Durable when the transaction
 * commits. Suspected priority content is hidden in the same transaction (Act 866 s.22).
 * @throws Problem `surface-unknown`, `item-conflict`, `time-in-future`.
 */
export async function receive(house: House, tx: Tx, service: string, input: ReportInput): Promise<Received> {
  const sighting = await sight(house, tx, service, input.item);
  const reporter = 'account' in input.reporter ? subjects.accountId(house.secret, service, input.reporter.account.id) : house.ids.next();
  const people = 'account' in input.reporter ? [input.item.author, input.reporter.account] : [input.item.author];
  await noteAccounts(house, tx, service, people, [
    { role: 'author', party: sighting.author, purpose: 'evidence' },
    { role: 'reporter', party: reporter, purpose: 'report' },
  ]);
  await subjects.lock(tx, sighting.item);
  await snapshot(house, tx, sighting, input.attested);

  const running = await cases.openCaseOn(tx, sighting.item);
  const decided = running ? null : await decidedOn(tx, sighting);
  const language = input.item.author.language ?? input.language;
  const { case: of, joined } = decided
    ? { case: (await cases.lock(tx, decided.case)) as cases.Case, joined: true }
    : await openOrJoin(house, tx, sighting, running, { harm: input.harm, language, by: 'report' });

  const received = await record(house, tx, sighting, of, input, { reporter, joined });
  if (decided) await tellAlreadyDecided(house, tx, received.report, decided);
  else if (policy.harmEntry(input.harm).priority) {
    const clause = policy.allClauses.find((clause) => clause.harm === input.harm) as policy.Clause;
    await withhold(house, tx, of, sighting.revision, clause, null, '');
  }
  return received;
}

/** The final decision that stands on this very revision, where no case is open; a report on it gets that outcome as its answer, and is no new measure. */
async function decidedOn(tx: Tx, { item, revision }: Sighting): Promise<decisions.Decision | null> {
  const standing = await decisions.standing(tx, item);
  return standing?.stage === 'final' && standing.revision === revision ? standing : null;
}

async function record(
  house: House,
  tx: Tx,
  { service, item, revision }: Sighting,
  of: cases.Case,
  input: ReportInput,
  { reporter, joined }: { reporter: string; joined: boolean },
): Promise<Received> {
  const report = house.ids.next();
  const account = 'account' in input.reporter;
  const { code, pin } = contactCode(house);
  const clocks = policy.reportClocks(input.harm, house.clock.now());
  const because = await append(house, tx, {
    kind: 'report.received',
    service,
    case: of.id,
    occurredAt: happened(house, input.received_at),
    parties: [{ role: 'reporter', party: reporter, purpose: 'report' }],
    payload: {
      report,
      item,
      revision,
      harm: input.harm,
      language: input.language,
      reporter: account ? 'account' : 'contact',
      joined,
      text: input.text ?? null,
      access: { code: codeDigest(house, code), pin: keyedDigest(house.secret, 'pin', code, pin), shown: code },
      email: 'contact' in input.reporter ? (input.reporter.contact.email ?? null) : null,
      clocks,
    },
    versions: { policy: policy.policyVersion },
  });
  await intake.receive(because);
  await cases.startClocks(because, report);
  const due = (name: string) => new Date(clocks.find(({ clock }) => clock === name)?.due_at as string);
  return {
    report,
    case: of.id,
    acknowledgeBy: due('acknowledge'),
    statusBy: due('answer.status'),
    answerBy: due('answer.outcome'),
    code,
    pin,
  };
}

// Without letters and digits that are taken for each other.
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** What a reporter without an account comes back with: a code of eight characters (40 bits) and a PIN of six digits. */
function contactCode(house: House): { code: string; pin: string } {
  const letters = [...house.random.bytes(8)].map((byte) => alphabet[byte % 32]).join('');
  const pin = String(house.random.bytes(4).readUInt32BE(0) % 1_000_000).padStart(6, '0');
  return { code: `${letters.slice(0, 4)}-${letters.slice(4)}`, pin };
}

/** How a contact code is found again. */
export function codeDigest(house: Pick<House, 'secret'>, code: string): string {
  return keyedDigest(house.secret, 'code', code);
}
