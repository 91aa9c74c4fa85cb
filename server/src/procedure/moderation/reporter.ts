import type { Harm } from '@perisai/screening';
import * as flaggers from '../../flaggers/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import type { PersonInput } from './snapshot.ts';

interface ForChild {
  /** What they are to the child: stated, not proved, and kept under the reporter's key. */
  readonly for_child?: { readonly relation: 'parent' | 'guardian' | 'carer' };
}

/** Who reports, as the service hands it in. */
export type ReporterInput =
  | ({ readonly account: PersonInput & { readonly created_at?: string } } & ForChild)
  | ({ readonly contact: { readonly email?: string; readonly language?: Language } } & ForChild)
  | { readonly flagger: { readonly id: string; readonly email?: string } }
  | { readonly regulator: { readonly reference: string; readonly email?: string } };

/** Who reports, as the procedure knows them. */
export interface Reporter {
  /** Our id: of the account, or of somebody who has none. */
  readonly party: string;
  readonly account: PersonInput | null;
  readonly capacity: 'user' | 'guardian' | 'flagger' | 'regulator';
  readonly flagger: string | null;
  readonly relation: string | null;
  readonly reference: string | null;
  readonly email: string | null;
  readonly ageDays: number | null;
  /** Before (0), among (1) or after (2) the other reports of the same class. */
  readonly lane: number;
}

const day = 24 * 3_600_000;

/** @throws Problem `field-wrong` where the service has no such accredited organisation. */
export async function reporterOf(house: House, tx: Tx, service: string, given: ReporterInput): Promise<Reporter> {
  const nobody = { account: null, flagger: null, relation: null, reference: null, email: null, ageDays: null };
  if ('regulator' in given) {
    const { reference, email = null } = given.regulator;
    // What the regulator asks about comes before what the public does, within its class (Act 866 s.28 gives it precedence).
    return { ...nobody, party: house.ids.next(), capacity: 'regulator', reference, email, lane: 0 };
  }
  if ('flagger' in given) {
    const { id, email = null } = given.flagger;
    const flagger = await flaggers.flagger(tx, id);
    if (flagger?.service !== service) {
      const detail = 'The service has no such accredited organisation.';
      throw new Problem('field-wrong', detail, { errors: [{ pointer: '/reporter/flagger/id', code: 'field-wrong', detail }] });
    }
    return { ...nobody, ...trusted(flagger), party: id, email };
  }
  const child = { capacity: given.for_child ? 'guardian' : 'user', relation: given.for_child?.relation ?? null, lane: 1 } as const;
  if ('contact' in given) return { ...nobody, ...child, party: house.ids.next(), email: given.contact.email ?? null };
  const { created_at, ...account } = given.account;
  const age = created_at === undefined ? null : Math.max(0, Math.floor((house.clock.now().getTime() - Date.parse(created_at)) / day));
  const party = subjects.accountId(house.secret, service, account.id);
  const [flagger, tally] = await Promise.all([
    flaggers.flaggerOfAccount(tx, party),
    intake.tallyOf(tx, { reporter: party }, house.clock.now()),
  ]);
  return {
    ...nobody,
    ...child,
    ...(intake.isSlowed(tally) ? { lane: 2 } : {}),
    ...(flagger ? trusted(flagger) : {}),
    party,
    account,
    ageDays: age,
  };
}

/** Suspended, an organisation reports as anybody does. */
function trusted({ id, state }: flaggers.Flagger): Pick<Reporter, 'capacity' | 'flagger' | 'lane'> {
  return state === 'accredited' ? { capacity: 'flagger', flagger: id, lane: 0 } : { capacity: 'user', flagger: null, lane: 1 };
}

/**
 * What is reported: a harm, or a reason, which belongs to one.
 * @throws Problem `field-missing` without either, `field-wrong` where the reason is none of ours or belongs to another harm.
 */
export function harmReported({ harm, reason }: { readonly harm?: Harm; readonly reason?: string }): Harm {
  const known = reason === undefined ? undefined : policy.reasonOf(reason);
  if (reason !== undefined && (known === undefined || (harm !== undefined && harm !== known.harm))) {
    const detail = known ? `The reason ${reason} belongs to the harm ${known.harm}.` : 'There is no such reason.';
    throw new Problem('field-wrong', detail, { errors: [{ pointer: '/reason', code: 'field-wrong', detail }] });
  }
  const named = known?.harm ?? harm;
  if (named !== undefined) return named;
  const detail = 'Name the harm, or a reason, which belongs to one.';
  throw new Problem('field-missing', detail, { errors: [{ pointer: '/harm', code: 'field-missing', detail }] });
}
