import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { openReceiver, type Receiver } from '../../../test/receiver.ts';
import { enrolled } from '../../../test/staff.ts';
import { dispatchDue } from '../../foundation/outbox/dispatch.ts';
import type { Member } from '../../staff/index.ts';
import { hide, moderationDispatch, sweep } from '../moderation/index.ts';
import { registerService } from '../setup/service.ts';
import { callUndelivered } from './undelivered.ts';

let desk: TestDesk;
let receiver: Receiver;
let moderator: Member;
let lead: Member;
let mira: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'undelivered' });
  receiver = await openReceiver();
  // Never again: what it is asked is given up at once.
  receiver.answer = (_heard, response) => void response.writeHead(410).end();
  for (const slug of ['warung', 'kedai'])
    await registerService(desk.house, { slug, name: slug, languages: ['ms'], webhookUrl: receiver.url });
  moderator = await enrolled(desk.house, 'moderator');
  lead = await enrolled(desk.house, 'lead', 'the lead');
});
afterAll(async () => {
  await receiver.close();
  await desk.close();
});

const made = async () =>
  (await look(desk.house).records()).filter(({ kind, payload }) => kind === 'call.made' && payload['about'] === 'undelivered');
/** So many orders that never arrive. */
async function lost(...ids: string[]): Promise<void> {
  for (const id of ids) {
    const { case: of } = await play(desk.house).report(post(id));
    await hide(desk.house, moderator, { case: of, clause: 'bullying.harassment' });
  }
  while ((await dispatchDue(moderationDispatch(desk.house))) > 0) desk.house.clock.advance(1_000);
}

test('what was decided and never happened calls leads and administrators, once for a receiver and not once for a message', async () => {
  await lost('one', 'two', 'three');
  const calls = await made();
  expect(calls).toMatchObject([{ payload: { roles: ['lead', 'administrator'], clock: null, short: false } }]);
  const called = await look(desk.house).query<{ called: string[] }>("select called from calls.call where about = 'undelivered'");
  expect(called[0]?.called).toContain(lead.id);
  expect(called[0]?.called).toContain((desk.staff['intan'] as { id: string }).id);
  // Whoever does not take its orders is not asked to pass on that it does not.
  expect((await look(desk.house).messages()).filter(({ type }) => type === 'call.made')).toEqual([]);
});

test('another receiver calls for itself: who reads letters, and another service', async () => {
  const { house } = desk;
  const letter = { id: house.ids.next(), service: 'warung', receiver: 'email', type: 'notice.emailed' } as const;
  await house.db.begin('jobs', (tx) => callUndelivered(house, tx, letter));
  expect(await made()).toHaveLength(2);
  // It does not reach people by letter; its webhook may still be heard.
  expect((await look(house).messages()).filter(({ type }) => type === 'call.made')).toMatchObject([
    { data: { about: 'undelivered', case: null } },
  ]);
  const call = { id: house.ids.next(), service: 'kedai', receiver: 'webhook', type: 'call.made' } as const;
  await house.db.begin('jobs', (tx) => callUndelivered(house, tx, call));
  expect(await made()).toHaveLength(2);
  await house.db.begin('jobs', (tx) => callUndelivered(house, tx, { ...call, type: 'action.requested' }));
  expect(await made()).toHaveLength(3);
});

test('it is answered where it is read, beside the way to what did not arrive', async () => {
  mira = await desk.logIn('intan');
  const [call] = await look(desk.house).query<{ id: string; subject: string }>(
    "select id, subject from calls.call where about = 'undelivered' order by made_at, id limit 1",
  );
  const page = await mira.page('/desk/calls');
  expect(page).toContain('Something never arrived');
  expect(page).toContain(`/desk/deliveries?message=${call?.subject}`);
  expect((await mira.post(`/desk/calls/${call?.id}/answer`)).status).toBe(303);
});

test('answered, nobody is called again that day for the same receiver; the next day they are', async () => {
  await lost('four');
  expect(await made()).toHaveLength(3);
  desk.house.clock.advance(24 * hour);
  await lost('five');
  expect(await made()).toHaveLength(4);
});

test('unanswered it rings again after a day; and all of it told again from the records is the same, row for row', async () => {
  const { house } = desk;
  house.clock.advance(24 * hour);
  await sweep(house);
  const again = (
    await look(house).query<{ times: number }>("select times from calls.call where about = 'undelivered' and state = 'ringing'")
  ).map(({ times }) => times);
  expect(again.length).toBeGreaterThan(0);
  expect(Math.min(...again)).toBeGreaterThan(1);
  await house.settle();
  const fresh = await freshDatabase();
  try {
    await foldInto(house, fresh.url);
    expect((await compareStateTables(house.url, fresh.url)).differences).toEqual([]);
  } finally {
    await fresh.drop();
  }
});
