import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endAccount, knownBy } from '../../../test/ended.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as inquiries from '../../inquiries/index.ts';
import { append } from '../../records/index.ts';
import { beat } from '../../records/sequence.ts';
import { hearNext } from '../../records/subscribe.ts';
import type { Member } from '../../staff/index.ts';
import { decideBundle, gather } from '../casework/index.ts';
import { stateTables } from '../fold.ts';
import { erase } from '../people/erase.ts';
import { endMeasures } from './expire.ts';
import { answerInquiry, claim, decideAppeal, dismiss, imposeSecrecy, liftSecrecy, receiveInstruction } from './index.ts';
import { moderationSubscribers, subscriberTable } from './subscribers.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let client: pg.Client;
/** Handle of the person who is erased: their key is what `destroy-key` acts on. */
let erased: string;

// A life in which every kind that anybody hears happens, and nobody has heard of it yet.
beforeAll(async () => {
  house = await testHouse();
  now = play(house);
  client = new pg.Client({ connectionString: house.url });
  await client.connect();
  const [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
  const { case: of } = await now.report(post('p'), { by: 'one' });
  await now.report(post('p'), { reporter: { contact: {} } });
  const removal = await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' });
  await now.report(post('p'), { by: 'late' });
  const trifle = await now.report(post('trifle'), { by: 'trifler' });
  await claim(house, moderator, trifle.case);
  await dismiss(house, moderator, { report: trifle.report, ground: 'trivial', reason: 'Perkara kecil.' });
  const { appeal } = await now.appeal(removal.id, 'author');
  await decideAppeal(house, senior, { appeal, outcome: 'upheld', reason: 'Keputusan itu betul.' });
  await restricted(moderator);
  const instructed = await now.report(post('instructed'));
  await receiveInstruction(house, await enrolled(house, 'compliance-officer'), {
    service: 'warung',
    kind: 'remove',
    reference: 'MCMC/1',
    due: new Date(house.clock.now().getTime() + hour),
    item: { kind: 'post', id: 'instructed' },
  });
  for (const action of await now.waiting()) if (action.case === instructed.case) await now.says(action, 'removed');
  await decidedAsOne(moderator);
  await keptSecret(moderator, senior);
  await cameBack(moderator, senior);
  // Who was told may inquire, and nobody has been told: so the record says that somebody did.
  const inquiry = house.ids.next();
  await house.db.begin('doors', async (tx) => {
    const parties = [{ role: 'inquirer', party: now.ours('author'), purpose: 'report' }] as const;
    const payload = { inquiry, decision: removal.id, report: null, role: 'author', language: 'ms', text: 'Mengapa?', clocks: [] } as const;
    await inquiries.receive(
      await append(house, tx, { kind: 'inquiry.received', service: 'warung', case: of, parties, payload: { ...payload, clocks: [] } }),
    );
  });
  await answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer: 'Fasal itu melarangnya.' });
  const { rows } = await client.query<{ handle: string }>(
    `select encode(handle, 'base64') as handle from records.handle where party = $1 and purpose = 'profile'`,
    [now.ours('late')],
  );
  erased = rows[0]?.handle as string;
  await erase(house, 'warung', now.ours('late'), 'profile');
  while ((await beat(house)).laid > 0);
});
afterAll(async () => {
  await client.end();
  await house.close();
});

/** The time of one account's restriction is over; another's is overtaken in a second case before the platform has said a word to the first. */
async function restricted(moderator: Member): Promise<void> {
  const threatens = async (id: string, author: string) => {
    const { case: of } = await now.report(post(id, { author }), { by: `${id} reporter` });
    await now.judge(moderator, { case: of, determination: 'remove', clause: 'violence.threat', measure: 'suggested' });
    for (const action of await now.waiting()) if (action.desired === 'removed') await now.says(action, 'removed');
  };
  await threatens('first', 'bee');
  house.clock.advance(8 * 24 * hour);
  await endMeasures(house);
  await threatens('second', 'ali');
  await threatens('third', 'ali');
}

/** Two posts of one campaign are gathered and decided together. */
async function decidedAsOne(moderator: Member): Promise<void> {
  const [lead, other] = [await now.report(post('lot 1', { author: 'siti' })), await now.report(post('lot 2', { author: 'siti' }))];
  await claim(house, moderator, lead.case);
  await gather(house, moderator, { lead: lead.case, cases: [{ id: other.case, why: ['author'] }] });
  await decideBundle(house, moderator, {
    case: lead.case,
    determination: 'remove',
    clause: 'bullying.harassment',
    reason: 'Kempen yang sama.',
    except: new Map(),
  });
}

/** Somebody whose account was ended is known by the same as another, of whom that is found and taken back in appeal. */
async function cameBack(moderator: Member, senior: Member): Promise<void> {
  await knownBy(house, 'shut-out', ['phone', 'nombor']);
  await knownBy(house, 'returned', ['phone', 'nombor']);
  await endAccount(house, 'shut-out', { first: moderator, second: senior, third: await enrolled(house, 'senior-moderator') });
  const { case: of } = await now.report(post('again', { author: 'returned' }), { by: 'neighbour' });
  const found = await now.judge(moderator, { case: of, determination: 'remove', clause: 'account.return' });
  const { appeal } = await now.appeal(found.id, 'returned');
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Ia orang lain.' });
}

/** What happens before a subscriber's turn, where another has left it nothing to do. */
const meanwhile: Readonly<Record<string, () => Promise<unknown>>> = {
  'recognise-identified': async () => {
    await knownBy(house, 'returned too', ['phone', 'nombor']);
    while ((await beat(house)).laid > 0);
  },
};

/** What was decided in secret is told when that ends: by who hears of the end, where nobody has heard of the decision since. */
async function keptSecret(moderator: Member, senior: Member): Promise<void> {
  const { case: of } = await now.report(post('kept', { author: 'kept' }), { by: 'keeper' });
  const until = new Date(house.clock.now().getTime() + 24 * hour);
  const secrecy = await imposeSecrecy(house, senior, { case: of, basis: 'authority', until, reason: 'Rujukan 1.' });
  await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' });
  await liftSecrecy(house, senior, secrecy);
}

/** All that is: state, records, what waits to be sent, and whether the erased person's key is still there. */
async function everything(): Promise<string> {
  const tables = [...stateTables, 'records.record', 'perisai.outbox'];
  const parts: unknown[] = [];
  for (const table of tables) {
    const [schema, name] = table.split('.');
    parts.push((await client.query(`select to_jsonb(t)::text as row from "${schema}"."${name}" t order by 1`)).rows);
  }
  return JSON.stringify([parts, (await house.keys.get(erased)) === null]);
}

async function hearAll(name: string, from?: number): Promise<void> {
  if (from !== undefined) await client.query('update records.subscriber set next = $2 where name = $1', [name, from]);
  const subscriber = moderationSubscribers(house).find((one) => one.name === name);
  if (!subscriber) throw new Error(`nobody is called ${name}`);
  while (await hearNext(house, subscriber));
  while ((await beat(house)).laid > 0);
}

test.each(subscriberTable.map(({ name, hears }) => ({ name, hears })))(
  '$name hears $hears once or twice, with one effect',
  async ({ name }) => {
    await meanwhile[name]?.();
    const before = await everything();
    await hearAll(name);
    const heard = await everything();
    expect(heard).not.toBe(before);
    await hearAll(name, 0);
    expect(await everything()).toBe(heard);
  },
);

test('what was told and handed over long ago is not told again', async () => {
  await now.deliver();
  while ((await beat(house)).laid > 0);
  const delivered = await everything();
  for (const { name } of subscriberTable) await hearAll(name, 0);
  expect(await everything()).toBe(delivered);
});

test('every subscriber has a name of its own: its cursor lies under it', () => {
  expect(new Set(subscriberTable.map(({ name }) => name)).size).toBe(subscriberTable.length);
});
