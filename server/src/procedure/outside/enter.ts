import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { keyedDigest, sameDigest } from '../../foundation/digest.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import type { House } from '../house.ts';
import { lockCase } from '../moderation/lock.ts';

const hash = (house: House, id: string, what: string, value: string) => keyedDigest(house.secret, 'outside second', what, id, value);

/**
 * Opens an invitation, once, with the key of the link and the code that came another way. Gives what a browser keeps from then on.
 * @throws Problem `log-in-failed`, whatever it is that does not fit.
 */
export async function enterOutside(
  house: House,
  input: { readonly invitation: string; readonly key: string; readonly code: string },
): Promise<string> {
  const session = house.random.bytes(24).toString('base64url');
  const entered = await house.db.begin('doors', async (tx) => {
    const known = await decisions.lockInvitation(tx, input.invitation);
    if (!known) return false;
    const of = await lockCase(tx, known.case);
    const secret = await decisions.invitationSecret(tx, known.id);
    const open = known.state === 'sent' && known.until > house.clock.now() && secret !== undefined && secret.wrong < decisions.wrongMost;
    if (!open) return false;
    const fits =
      sameDigest(secret.keyHash, hash(house, known.id, 'key', input.key)) &&
      sameDigest(secret.codeHash, hash(house, known.id, 'code', input.code.replace(/\s/g, '')));
    // Counted in a transaction that commits: guessing ends after five.
    if (!fits) await decisions.countWrongCode(tx, known.id);
    if (!fits) return false;
    await decisions.openInvitation(
      await append(house, tx, {
        kind: 'second.opened',
        service: of.service,
        case: of.id,
        parties: [{ role: 'guest', party: known.id, purpose: 'staff' }],
        payload: { invitation: known.id },
      }),
    );
    await decisions.beginGuestSession(tx, known.id, hash(house, known.id, 'session', session));
    return true;
  });
  if (!entered) throw new Problem('log-in-failed', 'Link and code do not fit, or the invitation is over.');
  return session;
}

/** Who has opened an invitation and still may act; and for which proposal. @throws Problem `log-in-failed`. */
export async function guestOf(house: House, tx: Tx, id: string, session: string): Promise<{ guest: Member; proposal: string }> {
  const known = await decisions.lockInvitation(tx, id);
  const secret = known && (await decisions.invitationSecret(tx, id));
  const may = known?.state === 'opened' && known.until > house.clock.now() && known.name !== null;
  if (!may || !secret?.sessionHash || !sameDigest(secret.sessionHash, hash(house, id, 'session', session)))
    throw new Problem('log-in-failed', 'The invitation is over.');
  // As a second person they have the rights of one, for this proposal alone: no page but theirs knows them.
  return { guest: { id, name: known.name as string, roles: ['senior-moderator'], languages: ['ms', 'en'] }, proposal: known.proposal };
}
