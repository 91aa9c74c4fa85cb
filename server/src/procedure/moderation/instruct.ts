import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import * as instructions from '../../instructions/index.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import * as subjects from '../../subjects/index.ts';
import { standAlone } from '../casework/carry.ts';
import type { House } from '../house.ts';
import { lockCase, lockInstruction } from './lock.ts';
import { makeDecision } from './make.ts';
import { sendReceipt } from './receipt-mail.ts';

export interface InstructionInput {
  readonly service: string;
  readonly kind: instructions.InstructionKind;
  /** The regulator's own reference. */
  readonly reference: string;
  /** As the regulator states it. */
  readonly due: Date;
  /** What it is about, as the platform names it; for remove and restore. */
  readonly item?: { readonly kind: string; readonly id: string };
}

/**
 * Enters what the regulator asks for. About an item it is decided in the same transaction and carried out like everything else: its open case
 * is closed by it (Act 866 s.28), what was decided is decided anew. Only the regulator's own word undoes it.
 * @throws Problem `forbidden`, `instruction-exists`, `item-unknown`.
 */
export async function receiveInstruction(house: House, member: Member, input: InstructionInput): Promise<string> {
  demand(member, 'instruction.register', 'instruction');
  const { service, kind, reference, due } = input;
  return house.db.begin('doors', async (tx) => {
    const named = kind === 'remove' || kind === 'restore' ? await lockCase(tx, await caseOn(house, tx, input)) : null;
    if (await instructions.instructionByReference(tx, service, reference))
      throw new Problem('instruction-exists', 'An instruction with this reference is in the register.');
    const about = named && (await standAlone(house, tx, named));
    const id = house.ids.next();
    const because = await append(house, tx, {
      kind: 'instruction.received',
      service,
      ...(about ? { case: about.id } : {}),
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload: {
        instruction: id,
        kind,
        reference,
        item: about?.item ?? null,
        due_at: due.toISOString(),
        // A direction has its time once it is registered; that nobody made a submission before is no breach.
        clocks: kind !== 'direction' ? [{ clock: 'instruction', due_at: due.toISOString() }] : [],
      },
    });
    await instructions.receive(because);
    await cases.startClocks(because, id);
    if (about) {
      const kindOfItem = (await subjects.item(tx, about.item))?.kind ?? '';
      await carryOut(house, tx, member, about, id, kind === 'remove' ? policy.takingAway(kindOfItem) : 'none');
    }
    return id;
  });
}

/** The case that the instruction falls into: the open one, else the one that asked for what is shown now, else the last. @throws Problem `item-unknown`. */
async function caseOn(house: House, tx: Tx, { service, item }: InstructionInput): Promise<string> {
  const id = item && subjects.itemId(house.secret, service, item.kind, item.id);
  if (!id) throw new Problem('item-unknown', 'Name the item that the instruction is about.');
  const open = await cases.openCaseOn(tx, id);
  const of = open?.id ?? (await enforcement.newestAction(tx, id))?.case ?? (await cases.lastCaseOn(tx, id));
  if (!of)
    throw new Problem('item-unknown', 'This item has never come here. Have the service report or screen it, then enter the instruction.');
  return of;
}

async function carryOut(
  house: House,
  tx: Tx,
  member: Member,
  of: cases.Case,
  instruction: string,
  determination: ReturnType<typeof policy.takingAway> | 'none',
): Promise<void> {
  const decision = await makeDecision(house, tx, {
    case: of,
    revision: (await cases.revisionsOf(tx, of.id)).at(-1) as string,
    stage: 'final',
    determination,
    clause: null,
    reason: '',
    by: member.id,
    supersedes: (await decisions.standingIn(tx, of.id, of.item)) ?? null,
    // What takes up again a case that was decided.
    ...(of.state === 'open' ? {} : { appeal: instruction }),
  });
  await instructions.carryOut(
    await append(house, tx, {
      kind: 'instruction.carried-out',
      service: of.service,
      case: of.id,
      payload: { instruction, decision: decision.id },
    }),
  );
  if ((await enforcement.actionsOf(tx, decision.id)).length === 0) await answer(house, tx, of, instruction);
}

/** The platform has acknowledged what the regulator asked for: it is done, and its receipt says so. The caller holds the case's lock. */
export async function answerInstruction(house: House, tx: Tx, of: cases.Case, action: enforcement.Action): Promise<void> {
  const found = await instructions.instructionOf(tx, action.decision);
  if (found?.state === 'carried-out') await answer(house, tx, of, found.id);
}

async function answer(house: House, tx: Tx, of: cases.Case, instruction: string): Promise<void> {
  const because = await append(house, tx, { kind: 'instruction.answered', service: of.service, case: of.id, payload: { instruction } });
  await instructions.answer(because);
  await cases.stopClocks(because, instruction, ['instruction']);
  await sendReceipt(house, tx, of.service, instruction);
}

/**
 * The next step of a direction, or the answer to a notice of non-compliance. A direction that is registered states by when it is to be complied
 * with, and from then on that time runs.
 * @throws Problem `forbidden`, `instruction-unknown`, `conflict`, `due-missing`.
 */
export async function advanceInstruction(
  house: House,
  member: Member,
  { instruction: id, to, due }: { readonly instruction: string; readonly to: string; readonly due?: Date },
): Promise<void> {
  demand(member, 'instruction.register', 'instruction');
  await house.db.begin('doors', async (tx) => {
    const found = await lockInstruction(tx, id);
    const step = instructions.nextSteps(found).find((one) => one === to);
    if (!step) throw new Problem('conflict', 'This is not the next step of this instruction.');
    const until = step === 'registered' ? due?.toISOString() : null;
    if (until === undefined) throw new Problem('due-missing', 'Say by when the direction is to be complied with.');
    const because = await append(house, tx, {
      kind: 'instruction.advanced',
      service: found.service,
      parties: [{ role: 'actor', party: member.id, purpose: 'staff' }],
      payload: { instruction: id, to: step, due_at: until, clocks: until === null ? [] : [{ clock: 'instruction', due_at: until }] },
    });
    await instructions.advance(because);
    await cases.startClocks(because, id);
    if (instructions.settles(step)) await cases.stopClocks(because, id, ['instruction']);
  });
}
