import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk } from '../../../test/desk.ts';
import { keyFor } from '../../../test/doors.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { sweep } from '../../procedure/moderation/index.ts';

/** Told with a clock that is turned by hand: a day in which nobody decides. */
let desk: TestDesk;
let key: string;
beforeAll(async () => {
  desk = await openDesk({ seed: 'period' });
  key = await keyFor(desk.house);
});
afterAll(() => desk.close());

test('a day goes by on purpose without a decision: what is not priority is shown again, a breach is on record and on the clocks page, and a person still has to decide', async () => {
  const { house } = desk;
  const now = play(house);
  const see = look(house);
  const received = await fetch(`${desk.url}/v1/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'a-day-without-a-decision' },
    body: JSON.stringify({
      item: post('dry'),
      attested: 'platform',
      harm: 'bullying-hate',
      text: 'Ini menyakitkan.',
      language: 'ms',
      reporter: { account: { id: 'reporter', language: 'ms' } },
    }),
  });
  expect(received.status).toBe(201);
  const { case: of, report } = (await received.json()) as { case: string; report: string };
  let awan = await desk.logIn('awan');
  await awan.post(`/desk/cases/${of}/claim`);
  await awan.post(`/desk/cases/${of}/hide`, { clause: 'bullying.harassment' });
  expect(await now.obey()).toEqual(['make-inaccessible']);
  await house.settle();
  await now.deliver();
  expect(await awan.page('/desk/clocks')).toContain('No promise has been broken');

  house.clock.advance(24 * hour + minute);
  await sweep(house);
  expect(await now.obey()).toEqual(['restore']);
  await house.settle();
  await now.deliver();
  const kinds = (await see.records(of)).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['period.lapsed', 'clock.breached']));
  expect((await see.notices(of)).map(({ role }) => role)).toContain('author');

  awan = await desk.logIn('awan');
  const late = await awan.page('/desk/clocks');
  expect(late).not.toContain('No promise has been broken');
  expect(late).toMatch(/Not kept in time[\s\S]*Not yet/);
  expect(late).toContain(`/desk/cases/${of}`);
  expect((await see.case(of)).state).toBe('open');

  await awan.post(`/desk/cases/${of}/claim`);
  await awan.post(`/desk/cases/${of}/decide`, { determination: 'none', reason: 'Ulasan biasa, tiada fasal dilanggar.' });
  await house.settle();
  await now.deliver();
  expect((await see.case(of)).state).toBe('closed');
  expect(await awan.page('/desk/clocks')).toMatch(/Not kept in time[\s\S]*minutes late/);
  const answered = await fetch(`${desk.url}/v1/reports/${report}`, { headers: { authorization: `Bearer ${key}` } });
  expect(await answered.json()).toMatchObject({ state: 'answered', outcome: 'no-violation' });
});
