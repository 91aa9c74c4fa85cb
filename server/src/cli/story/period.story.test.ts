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

test('a day goes by on purpose without a decision: what is not priority is shown again, a breach is on record and on the clocks page, the lead is called, answers and says why, and a person still has to decide', async () => {
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

  // The lead is called, loudly; answers, and says why and what is done about it.
  const bayu = await desk.logIn('bayu');
  expect(await bayu.page('/desk/queue')).toMatch(/calls wait for your answer/);
  const calls = await bayu.page('/desk/calls');
  for (const shown of ['A hidden period ended undecided', 'A promise was broken', 'Bayu Ketua', `/desk/cases/${of}`])
    expect(calls).toContain(shown);
  const answer = /action="(\/desk\/calls\/[0-9a-f-]{36}\/answer)"/.exec(calls)?.[1] as string;
  expect((await bayu.post(answer)).status).toBe(303);
  const answered = await bayu.page('/desk/calls');
  expect(answered).toContain('No call is waiting');
  expect(answered).toContain('Bayu Ketua, today');
  expect(await bayu.page('/desk/clocks')).toContain('Waits for a person’s reason');
  const reason = { happened: 'Semua penyemak menangani banjir laporan.', remedy: 'Seorang lagi bertugas pada waktu malam.' };
  expect((await bayu.post('/desk/clocks/explain', { subject: of, clock: 'determine', ...reason, remedy: '' })).status).toBe(422);
  expect((await bayu.post('/desk/clocks/explain', { subject: of, clock: 'determine', ...reason })).status).toBe(303);
  const told = await bayu.page('/desk/clocks');
  for (const shown of ['Explained by Bayu Ketua', ...Object.values(reason)]) expect(told).toContain(shown);

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
  const outcome = await fetch(`${desk.url}/v1/reports/${report}`, { headers: { authorization: `Bearer ${key}` } });
  expect(await outcome.json()).toMatchObject({ state: 'answered', outcome: 'no-violation' });
});
