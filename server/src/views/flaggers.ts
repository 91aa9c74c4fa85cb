import * as flaggers from '../flaggers/questions.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import * as intake from '../intake/questions.ts';
import type { House } from '../procedure/house.ts';
import { reveal } from '../records/questions.ts';
import * as staff from '../staff/questions.ts';

/** An accredited organisation with how its reports ended, and why it was suspended. */
export interface FlaggerRead extends flaggers.Flagger {
  readonly tally: intake.Tally;
  readonly reason: string | null;
  /** Somebody wants it accredited again. */
  readonly waits: boolean;
}

/** What somebody proposed: who they are and why, and how it ended where it came to nothing. Names and texts are null once erased. */
export interface AccreditationRead extends flaggers.Accreditation {
  readonly proposer: string | null;
  readonly settler: string | null;
  readonly accountId: string | null;
  readonly reason: string | null;
  readonly refusal: string | null;
  /** Whether anybody who can log in may be the second person. */
  readonly staffed: boolean;
}

export interface FlaggersRead {
  readonly rows: readonly FlaggerRead[];
  readonly waiting: readonly AccreditationRead[];
  /** The newest that came to nothing. */
  readonly declined: readonly AccreditationRead[];
}

/** So that whoever proposed it reads the answer. */
const declinedShown = 10;

export async function readFlaggers(house: House, tx: Tx): Promise<FlaggersRead> {
  const roster = await staff.roster(tx);
  const [waiting, declined]: [AccreditationRead[], AccreditationRead[]] = [[], []];
  for (const one of await flaggers.waitingAccreditations(tx)) waiting.push(await readAccreditation(house, tx, roster, one));
  for (const one of await flaggers.declinedAccreditations(tx, declinedShown))
    declined.push(await readAccreditation(house, tx, roster, one));
  const rows: FlaggerRead[] = [];
  for (const flagger of await flaggers.flaggers(tx)) {
    const told = flagger.state === 'suspended' ? await reveal(house, tx, 'flagger.suspended', flagger.record) : null;
    rows.push({
      ...flagger,
      tally: await intake.tallyOf(tx, { flagger: flagger.id }, house.clock.now()),
      reason: told?.reason ?? null,
      waits: waiting.some((one) => one.flagger === flagger.id),
    });
  }
  return { rows, waiting, declined };
}

async function readAccreditation(
  house: House,
  tx: Tx,
  roster: readonly staff.RosterEntry[],
  one: flaggers.Accreditation,
): Promise<AccreditationRead> {
  const told = await reveal(house, tx, 'accreditation.proposed', one.record);
  const refused = one.state === 'refused' ? await reveal(house, tx, 'accreditation.refused', one.settlement as string) : null;
  const nameOf = (id: string | null) => roster.find((entry) => entry.id === id)?.name ?? null;
  return {
    ...one,
    proposer: nameOf(one.proposedBy),
    settler: nameOf(one.settledBy),
    accountId: told?.account_id ?? null,
    reason: told?.reason ?? null,
    refusal: refused?.reason ?? null,
    staffed: roster.some((entry) => !entry.disabled && entry.name !== null && mayAccept({ ...entry, name: entry.name }, one.proposedBy)),
  };
}

const mayAccept = (member: staff.Member, proposedBy: string | null): boolean =>
  staff.may(member, 'flagger.settle', { type: 'accreditation', proposedBy }).allowed;
