import { parseArgs } from 'node:util';
import * as flaggers from '../flaggers/index.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import {
  createServiceKey,
  listServiceKeys,
  revokeServiceKey,
  rotateServiceKey,
  type Scope,
  type ServiceKey,
  scopes,
} from '../foundation/http/keys.ts';
import { Problem } from '../foundation/http/problems.ts';
import * as subjects from '../subjects/index.ts';
import { type Command, say, UsageError } from './command.ts';
import { inHouse } from './house.ts';
import { duration, listOfWords, needed, table, verbOf } from './words.ts';

/** `perisai key …`: what a service shows to the API. */
export const key: Command = {
  name: 'key',
  takes: 'new|list|rotate|revoke …',
  does: 'makes, lists, rotates and revokes the API keys of a service',
  help: `perisai key new --service warung --label "feed servers" [--scopes ${scopes.join(',')}] [--until 2027-12-31T00:00:00Z]
perisai key new --service warung --label "the NGO" --flagger ID    it reports as that accredited organisation, and does nothing else
perisai key list --service warung [--json]
perisai key rotate ID [--overlap 24h]     a new key with the same scopes; the old one ends after the overlap
perisai key revoke ID                     ends at once; running servers know within five seconds

A key is printed once, when it is made; only its hash is kept. Without --scopes it has all.`,
  run: verbOf('key', { new: make, list, rotate, revoke }),
};

async function make(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      service: { type: 'string' },
      label: { type: 'string' },
      scopes: { type: 'string' },
      until: { type: 'string' },
      flagger: { type: 'string' },
    },
  });
  const { service, label } = needed(values, 'service', 'label');
  // An accredited organisation's key reports, and opens nothing else unless it is said.
  const usual = values.flagger === undefined ? scopes.join(',') : 'report';
  const opens: Scope[] = listOfWords(values.scopes ?? usual, scopes, 'scopes');
  const notAfter = values.until === undefined ? undefined : instant(values.until);
  const made = await inHouse((house) =>
    house.db.begin('doors', async (tx) => {
      if (!(await subjects.service(tx, service))) throw new Problem('not-found', `There is no service ${service}.`);
      const holder = values.flagger === undefined ? undefined : await flaggers.flagger(tx, values.flagger);
      if (values.flagger !== undefined && holder?.service !== service)
        throw new Problem('not-found', `${service} has no accredited organisation ${values.flagger}.${await whyNot(tx, values.flagger)}`);
      return createServiceKey(tx, house, {
        service,
        label,
        scopes: opens,
        ...(holder ? { heldBy: holder.id } : {}),
        ...(notAfter === undefined ? {} : { notAfter }),
      });
    }),
  );
  say(`Key ${made.id} of ${service} (${opens.join(', ')}). It is shown this once:\n\n  ${made.token}\n`);
  return 0;
}

/** Its accreditation may wait for a second person: until then there is nobody to hold a key. */
async function whyNot(tx: Tx, flagger: string): Promise<string> {
  const waits = await flaggers.accreditationWaitingFor(tx, { flagger });
  return waits ? ' That it is accredited waits for a second person at /desk/flaggers.' : '';
}

async function list(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { service: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const { service } = needed(values, 'service');
  const [all, now] = await inHouse(async (house) => [
    await house.db.begin('doors', (tx) => listServiceKeys(tx, service)),
    house.clock.now(),
  ]);
  if (values.json) say(JSON.stringify(all, null, 2));
  else if (all.length === 0) say(`${service} has no key: perisai key new.`);
  else
    say(
      table([
        ['key', 'label', 'scopes', 'made', 'state'],
        ...all.map((one) => [one.id, one.label, one.scopes.join(','), one.createdAt.toISOString(), stateOf(one, now)]),
      ]),
    );
  return 0;
}

function stateOf({ revokedAt, notAfter }: ServiceKey, now: Date): string {
  if (revokedAt !== null) return `revoked ${revokedAt.toISOString()}`;
  if (notAfter === null) return 'opens';
  return `${notAfter <= now ? 'ended' : 'opens until'} ${notAfter.toISOString()}`;
}

async function rotate(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { overlap: { type: 'string', default: '24h' } } });
  const id = idOf(positionals);
  const overlap = duration(values.overlap, 'overlap');
  const made = await inHouse((house) => asAnswer(house.db.begin('doors', (tx) => rotateServiceKey(tx, house, id, overlap))));
  say(`Key ${made.id} takes the place of ${id}, which ends ${made.oldNotAfter.toISOString()}. It is shown this once:\n\n  ${made.token}\n`);
  return 0;
}

async function revoke(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const id = idOf(positionals);
  await inHouse((house) => asAnswer(house.db.begin('doors', (tx) => revokeServiceKey(tx, house, id))));
  say(`Key ${id} opens nothing any more.`);
  return 0;
}

/** `psk_ID_SECRET` is taken, too: the secret is not needed, but it is what people have at hand. */
function idOf(positionals: readonly string[]): string {
  const [given = '', ...more] = positionals;
  const id = /^(?:psk_)?([0-9a-f]{16})(?:_[A-Za-z0-9_-]{43})?$/.exec(given)?.[1];
  if (id === undefined || more.length > 0) throw new UsageError('Name one key by the id that “perisai key list” shows.');
  return id;
}

async function asAnswer<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RangeError) throw new Problem('not-found', `${error.message}.`);
    throw error;
  }
}

function instant(given: string): Date {
  const at = new Date(given);
  if (Number.isNaN(at.getTime()) || at.getTime() <= Date.now()) throw new UsageError(`--until is an instant to come, not “${given}”.`);
  return at;
}
