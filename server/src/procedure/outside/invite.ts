import * as decisions from '../../decisions/index.ts';
import { keyedDigest } from '../../foundation/digest.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import { demand, type Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';

/** What the inviter passes on, by two ways; shown once and kept as hashes. */
export interface Invited {
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly until: Date;
}

/**
 * Invites somebody from outside to be the second person for one proposal.
 * @throws Problem `forbidden` (child abuse material, too), `proposal-unknown`, `proposal-settled`, `field-wrong`.
 */
export async function inviteOutside(
  house: House,
  member: Member,
  input: { readonly proposal: string; readonly name: string; readonly hours: number },
): Promise<Invited> {
  const name = input.name.trim();
  if (name.length < 2 || name.length > 200 || !(Number.isInteger(input.hours) && input.hours >= 1 && input.hours <= 24))
    throw new Problem('field-wrong', 'Name the person, and for how many hours, 1 to 24, the invitation holds.');
  return house.db.begin('doors', async (tx) => {
    const known = await decisions.proposal(tx, input.proposal);
    if (!known) throw new Problem('proposal-unknown', `There is no proposal ${input.proposal}.`);
    const of = await lockCase(tx, known.case);
    demand(member, 'second.invite', { type: 'case', harm: of.harm });
    if (of.harm === 'csam') throw new Problem('forbidden', 'Child abuse material is shown to nobody outside.');
    if ((await decisions.proposal(tx, known.id))?.state !== 'waiting') throw new Problem('proposal-settled', 'It has been settled.');
    const id = house.ids.next();
    const until = new Date(house.clock.now().getTime() + input.hours * 3_600_000);
    const key = house.random.bytes(24).toString('base64url');
    const code = String(house.random.bytes(6).readUIntBE(0, 6) % 100_000_000).padStart(8, '0');
    await decisions.invite(
      await append(house, tx, {
        kind: 'second.invited',
        service: of.service,
        case: of.id,
        parties: [
          { role: 'actor', party: member.id, purpose: 'staff' },
          { role: 'guest', party: id, purpose: 'staff' },
        ],
        payload: { invitation: id, proposal: known.id, until: until.toISOString(), name },
      }),
    );
    const hash = (what: string, value: string) => keyedDigest(house.secret, 'outside second', what, id, value);
    await decisions.putInvitationSecret(tx, id, hash('key', key), hash('code', code));
    return { id, key, code, until };
  });
}
