import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk } from '../../test/desk.ts';
import { play, post } from '../../test/play.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test('from log-in to appeal: a case is taken, hidden, decided, appealed, and restored by another person', async () => {
  const { house } = desk;
  const around = play(house);
  const { case: id } = await around.report(post('p1', { text: 'Jiran saya kepala batu.' }));
  await house.settle();
  const moderator = await desk.logIn('awan');
  expect((await moderator.get('/desk')).headers.get('location')).toBe('/desk/queue');
  expect(await moderator.page('/desk/queue')).toContain(`href="/desk/cases/${id}"`);

  const taken = await moderator.post('/desk/queue/next');
  expect([taken.status, taken.headers.get('location')]).toEqual([303, `/desk/cases/${id}`]);
  expect(await moderator.page(`/desk/cases/${id}`)).toContain('Jiran saya kepala batu.');
  const hidden = await moderator.post(`/desk/cases/${id}/hide`, { clause: 'bullying.harassment' });
  expect([hidden.status, await around.obey()]).toEqual([303, ['make-inaccessible']]);
  const decided = await moderator.post(`/desk/cases/${id}/decide`, {
    determination: 'remove',
    clause: 'bullying.harassment',
    reason: 'Hantaran ini menghina seseorang.',
  });
  expect([decided.status, decided.headers.get('location'), await around.obey()]).toEqual([303, `/desk/cases/${id}`, ['remove']]);
  await house.settle();
  expect(await moderator.page(`/desk/cases/${id}`)).toContain('Hantaran ini menghina seseorang.');

  const decision = (await house.db.begin('doors', (tx) => import('../decisions/index.ts').then((of) => of.decisionsOf(tx, id)))).at(-1);
  const { appeal } = await around.appeal(decision?.id as string, 'author');
  await house.settle();
  const ruling = { outcome: 'overturned', determination: 'none', clause: '', reason: 'Tiada sesiapa boleh dikenali.' };
  expect((await moderator.post(`/desk/appeals/${appeal}/decide`, ruling)).status).toBe(403);
  const senior = await desk.logIn('mullai');
  expect(await senior.page('/desk/appeals')).toContain(`href="/desk/appeals/${appeal}"`);
  expect(await senior.page(`/desk/appeals/${appeal}`)).toContain('Sila lihat sekali lagi.');
  const ruled = await senior.post(`/desk/appeals/${appeal}/decide`, ruling);
  expect([ruled.status, await around.obey()]).toEqual([303, ['restore']]);
  await house.settle();
  expect(await senior.page(`/desk/appeals/${appeal}`)).toContain('Tiada sesiapa boleh dikenali.');
});
