import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../test/desk.ts';
import { hour, minute, play, post } from '../../test/play.ts';
import { seedPeople } from '../procedure/staff/seed.ts';

let desk: TestDesk;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({
    seed: 'queue',
    people: [...seedPeople, { name: 'Dua Peranan', login: 'dua', roles: ['moderator', 'child-safety-reviewer'], languages: ['ms'] }],
  });
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

const report = (id: string, more: Parameters<ReturnType<typeof play>['report']>[1] = {}) =>
  play(desk.house)
    .report(post(id, { text: `Hantaran ${id}.` }), more)
    .then(({ case: opened }) => opened);
const listed = (page: string) => [...page.matchAll(/href="\/desk\/cases\/([0-9a-f-]{36})"/g)].map((found) => found[1] as string);

test('an empty queue says so, and asking for its next case leads back with a word', async () => {
  expect(await awan.page('/desk/queue')).toContain('No case is waiting');
  const none = await awan.post('/desk/queue/next', { harm: 'scam' });
  expect([none.status, none.headers.get('location')]).toEqual([303, '/desk/queue?harm=scam&notice=empty']);
  expect(await awan.page('/desk/queue?harm=scam&notice=empty')).toContain('There is no case to take');
});

test('the worst stands first, and is taken first, by one person', async () => {
  const { house } = desk;
  const bullying = await report('q1', { harm: 'bullying-hate' });
  house.clock.advance(minute);
  const scam = await report('q2', { harm: 'scam' });
  house.clock.advance(minute);
  const csam = await report('q3', { harm: 'csam' });
  const both = await desk.logIn('dua');
  expect(listed(await both.page('/desk/queue'))).toEqual([csam, scam, bullying]);
  expect(listed(await awan.page('/desk/queue'))).toEqual([scam, bullying]);
  expect(listed(await awan.page('/desk/queue?harm=scam'))).toEqual([scam]);
  const taken = await Promise.all([awan.post('/desk/queue/next'), both.post('/desk/queue/next')]);
  expect(taken.map(({ headers }) => headers.get('location'))).toEqual([`/desk/cases/${scam}`, `/desk/cases/${csam}`]);
  // What was chosen is what is taken from.
  expect((await awan.post('/desk/queue/next', { harm: 'manipulated-media' })).headers.get('location')).toContain('notice=empty');
  expect((await awan.post('/desk/queue/next', { harm: 'bullying-hate' })).headers.get('location')).toBe(`/desk/cases/${bullying}`);
  const page = await awan.page('/desk/queue');
  expect(page).toContain('<strong>You</strong>');
  expect(page).not.toContain('Dua Peranan');
});

test('how long there is left is said in words, both ways', async () => {
  desk.house.clock.advance(3 * hour);
  awan = await desk.logIn('awan');
  expect(await awan.page('/desk/queue?harm=bullying-hate')).toMatch(
    /in \d+ minutes? \(today, \d\d:\d\d\)<\/time><span class="below">Protect people/,
  );
});

test('a long queue goes on by a link, without a gap or a repetition, and keeps what was chosen', async () => {
  for (let n = 0; n < 52; n++) await report(`long${n}`, { harm: 'manipulated-media' });
  const first = await awan.page('/desk/queue?harm=manipulated-media');
  const next = /href="(\/desk\/queue\?[^"]*after=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') as string;
  expect(next).toContain('harm=manipulated-media');
  const second = await awan.page(next);
  const all = [...listed(first), ...listed(second)];
  expect([listed(first).length, all.length, new Set(all).size]).toEqual([50, 52, 52]);
  expect((await awan.get('/desk/queue?after=nonsense')).status).toBe(400);
});

test('of a private message, where no law names another time, the queue and the case say by when its reporter has an answer', async () => {
  const opened = await report('in private', {
    item: post('in private', { surface: 'private-message', kind: 'message' }),
    harm: 'child-harm',
  });
  const plain = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  const [, row = ''] = (await awan.page('/desk/queue?harm=child-harm')).split(`/desk/cases/${opened}`);
  expect(plain(row.split('</tr>')[0] as string)).toMatch(/in 1 day \(.*?\) Give the answer/);
  expect(plain((await awan.page(`/desk/cases/${opened}`)).split('class="standing"')[1]?.split('</div>')[0] as string)).toMatch(
    /Give the answer in 1 day/,
  );
});
