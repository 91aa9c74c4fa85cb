import * as decisions from '../src/decisions/index.ts';
import { identify } from '../src/procedure/moderation/identify.ts';
import { claim, decideOrPropose, revealMaterial, settleProposal, terminate } from '../src/procedure/moderation/index.ts';
import { unlink } from '../src/procedure/returning/index.ts';
import type { Member } from '../src/staff/index.ts';
import type { IdentifierKind } from '../src/subjects/index.ts';
import type { TestHouse } from './house.ts';
import { play, post } from './play.ts';

/** By what the platform knows an account. The same text is the same thing: a platform hands in a hash. Returns how many were new. */
export function knownBy(house: TestHouse, account: string, ...by: readonly (readonly [IdentifierKind, string])[]): Promise<number> {
  const identifiers = by.map(([kind, thing]) => ({ kind, hash: Buffer.from(thing.padEnd(32, '.')).toString('hex') }));
  return house.db.begin('doors', (tx) => identify(house, tx, 'warung', account, identifiers));
}

/** An account is ended for what leads straight there: one proposes, a second agrees, and another than that ends it. */
export async function endAccount(
  house: TestHouse,
  account: string,
  { first, second, third }: { readonly first: Member; readonly second: Member; readonly third: Member },
): Promise<decisions.Decision> {
  const { case: of } = await play(house).report(post(`${account}’s`, { author: account }), { by: `${account}-reporter` });
  await claim(house, first, of);
  const reason = 'Derma untuk pengganas.';
  const choice = { determination: 'remove', clause: 'terrorism.funding', measure: 'suggested' } as const;
  const proposal = (await decideOrPropose(house, first, { case: of, reason, ...choice })) as decisions.Proposal;
  await revealMaterial(house, second, { case: of, why: 'seconding the decision' }, async () => null);
  const decision = (await settleProposal(house, second, { proposal: proposal.id, outcome: 'confirmed' })) as decisions.Decision;
  const [suspension] = await house.db.begin('doors', (tx) => decisions.followingOn(tx, decision.id));
  return terminate(house, third, { decision: suspension?.id as string, reason });
}

/** Somebody whose account was ended seems to be back: the two are linked, a case is opened, and a person finds that it is somebody else. */
export async function comesBack(house: TestHouse, staff: Parameters<typeof endAccount>[2]): Promise<void> {
  await knownBy(house, 'shut-out', ['phone', 'a number']);
  await endAccount(house, 'shut-out', staff);
  await knownBy(house, 'sister', ['phone', 'a number']);
  await house.settle();
  const { ours } = play(house);
  await unlink(house, staff.first, { account: ours('sister'), ended: ours('shut-out'), reason: 'Kakaknya.' });
}
