import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Doors, keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, play, post } from '../../../test/play.ts';
import { openReceiver, type Receiver } from '../../../test/receiver.ts';
import { enrolled } from '../../../test/staff.ts';
import { dispatchDue } from '../../foundation/outbox/dispatch.ts';
import { registerService, setPace } from '../setup/service.ts';
import { moderationDispatch } from './dispatch.ts';
import { hide } from './withhold.ts';

let house: TestHouse;
let doors: Doors;
let receiver: Receiver;
let authorization: string;
beforeAll(async () => {
  house = await testHouse({ seed: 'replay' });
  [doors, receiver] = [await openTestDoors(house), await openReceiver()];
  await registerService(house, { slug: 'warung', name: 'Warung', languages: ['ms'], webhookUrl: receiver.url });
  await registerService(house, { slug: 'kedai', name: 'Kedai', languages: ['ms'], webhookUrl: receiver.url });
  authorization = `Bearer ${await keyFor(house, ['action'])}`;
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await receiver.close();
  await house.close();
});

interface Listed {
  readonly items: Record<string, unknown>[];
  readonly next: string | null;
}
const deliveries = async (query = '', as = authorization): Promise<Listed> =>
  (await (await doors.ask(`/v1/deliveries${query}`, { headers: { authorization: as } })).json()) as Listed;
const replay = (message: string, as = authorization) =>
  doors.ask(`/v1/deliveries/${message}/replays`, {
    method: 'POST',
    headers: { authorization: as, 'content-type': 'application/json' },
    body: '{}',
  });

test('a platform reads every try of its webhooks over the API, and has one sent again', async () => {
  const now = play(house);
  const moderator = await enrolled(house, 'moderator');
  const { case: of } = await now.report(post('p'));
  receiver.answer = (heard, response) => void response.writeHead(410).end(`gone: ${JSON.stringify(heard.body.data)}`);
  await hide(house, moderator, { case: of, clause: 'bullying.harassment' });
  await dispatchDue(moderationDispatch(house));
  const [action] = await now.waiting();
  const { items } = await deliveries(`?subject=${action?.id}`);
  expect(items).toMatchObject([
    { type: 'action.requested', attempt: 1, result: 'given-up', status: 410, failure: 'HTTP 410', next_try_at: null },
  ]);
  const [{ message, response }] = items as [{ message: string; response: string }];
  // The answer repeats the message; of whom it speaks is not kept.
  expect([response.startsWith('gone: '), response.includes('"p"'), response.includes('inaccessible')]).toEqual([true, false, true]);
  expect(await dispatchDue(moderationDispatch(house))).toBe(0);

  receiver.answer = (_heard, answer) => void answer.writeHead(204).end();
  expect(await (await replay(message)).json()).toEqual({ message, type: 'action.requested', subject: action?.id });
  await dispatchDue(moderationDispatch(house));
  expect(receiver.heard.map(({ id }) => id)).toEqual([message, message]);
  expect((await deliveries(`?message=${message}`)).items.map(({ result }) => result)).toEqual(['taken', 'given-up']);
  expect((await look(house).records()).filter(({ kind }) => kind === 'delivery.replayed')).toMatchObject([
    { payload: { message, type: 'action.requested', subject: action?.id } },
  ]);

  // Received is not done: only the acknowledgement ends it, and a replay afterwards asks for nothing new.
  expect(await now.waiting()).toHaveLength(1);
  await now.obey();
  expect((await replay(message)).status).toBe(200);
  await dispatchDue(moderationDispatch(house));
  expect((await deliveries(`?message=${message}`)).items[0]).toMatchObject({ result: 'done' });
});

test('what a newer order took the place of is not sent any more', async () => {
  const now = play(house);
  const moderator = await enrolled(house, 'moderator', 'again');
  const { case: of } = await now.report(post('q'));
  receiver.answer = (_heard, response) => void response.writeHead(410).end();
  await hide(house, moderator, { case: of, clause: 'bullying.harassment' });
  await dispatchDue(moderationDispatch(house));
  const [{ message }] = (await deliveries()).items as [{ message: string }];
  await now.judge(moderator, { case: of, determination: 'none', clause: null });
  const refused = await replay(message);
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'delivery-outdated']);
});

test('a service neither sees nor replays what another is sent', async () => {
  const other = `Bearer ${await keyFor(house, ['action'], 'kedai')}`;
  const [{ message }] = (await deliveries()).items as [{ message: string }];
  expect((await deliveries('', other)).items).toEqual([]);
  const refused = await replay(message, other);
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([404, 'delivery-unknown']);
});

test('the list of tries is paged, the newest first', async () => {
  await house.settle();
  await dispatchDue(moderationDispatch(house));
  const all = (await deliveries('?limit=200')).items;
  const first = await deliveries('?limit=2');
  const second = await deliveries(`?limit=2&after=${first.next}`);
  expect(all.length).toBeGreaterThan(3);
  expect([first.items, second.items]).toEqual([all.slice(0, 2), all.slice(2, 4)]);
});

test('webhooks leave at the pace that was set for the service', async () => {
  await setPace(house, 'warung', { perSecond: 1, atOnce: 2 });
  house.clock.advance(hour);
  receiver.answer = (_heard, response) => void response.writeHead(204).end();
  while ((await dispatchDue(moderationDispatch(house))) > 0) house.clock.advance(10_000);
  const before = receiver.heard.length;
  for (const by of ['one', 'two', 'three']) await play(house).report(post('paced'), { by });
  await house.settle();
  await dispatchDue(moderationDispatch(house));
  expect(receiver.heard.length - before).toBe(2);
  house.clock.advance(1_000);
  await dispatchDue(moderationDispatch(house));
  expect(receiver.heard.length - before).toBe(3);
  await expect(setPace(house, 'warung', { perSecond: 0, atOnce: 1 })).rejects.toMatchObject({ code: 'field-wrong' });
  await expect(setPace(house, 'nowhere', { perSecond: 1, atOnce: 1 })).rejects.toMatchObject({ code: 'not-found' });
});
