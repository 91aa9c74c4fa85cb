import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../test/desk.ts';
import { look } from '../../test/look.ts';
import { minute, play, post } from '../../test/play.ts';

let desk: TestDesk;
const people: Record<string, Visitor> = {};
const csamClause = 'csam.material';
const who = (login: string) => people[login] as Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'child-safety' });
  for (const login of ['awan', 'mullai', 'melur', 'embun', 'cempaka']) people[login] = await desk.logIn(login);
});
afterAll(() => desk.close());

const listed = (page: string) => [...page.matchAll(/href="\/desk\/cases\/([0-9a-f-]{36})"/g)].map((found) => found[1] as string);
const queued = (page: string) => /<a href="\/desk\/queue"[^>]*><span>[^<]*<\/span><span class="count[^>]*>\D*(\d+)/.exec(page)?.[1] ?? '0';

/** A harmless post that somebody says is about child abuse; nothing of the kind is in it. */
async function reported(id: string, harm: 'csam' | 'bullying-hate'): Promise<string> {
  const media = [{ sha256: 'ab'.repeat(32), type: 'image/png' }];
  desk.house.clock.advance(minute);
  return (await play(desk.house).report(post(id, { text: `Fail penanda ${id}.`, media }), { harm, by: `reporter-${id}` })).case;
}

test('a case of child abuse material is in the queue of child-safety reviewers and of nobody else, and so are the figures', async () => {
  const [marked, other] = [await reported('marker', 'csam'), await reported('quarrel', 'bullying-hate')];
  expect(listed(await who('melur').page('/desk/queue'))).toEqual([marked]);
  for (const login of ['awan', 'mullai', 'embun']) expect(listed(await who(login).page('/desk/queue')), login).toEqual([other]);
  for (const login of ['awan', 'melur']) expect(queued(await who(login).page('/desk/queue')), login).toBe('1');
  expect((await who('awan').get(`/desk/cases/${marked}`)).status).toBe(403);
  const acts = { claim: {}, reveal: {}, hide: { clause: csamClause }, decide: { determination: 'none', reason: 'Sebab.' } };
  for (const [act, fields] of Object.entries(acts))
    expect((await who('mullai').post(`/desk/cases/${marked}/${act}`, fields)).status, act).toBe(403);
  expect((await who('melur').get(`/desk/cases/${other}`)).status).toBe(403);
  // Whose work the clocks are sees that there is such a case, and gets no further.
  expect(await who('cempaka').page('/desk/clocks')).toContain('Child abuse');
  expect(listed(await who('cempaka').page('/desk/clocks'))).toEqual([]);
  expect(await who('awan').page('/desk/clocks')).not.toContain('Child abuse');
});

test('taking the worst case passes over what somebody may not see, and gives a child-safety reviewer nothing else', async () => {
  const [marked, other] = [await reported('marker-2', 'csam'), await reported('quarrel-2', 'bullying-hate')];
  const taken = (await who('awan').post('/desk/queue/next')).headers.get('location');
  expect(taken).not.toContain(marked);
  const theirs: (string | null)[] = [];
  for (let n = 0; n < 3; n++) theirs.push((await who('melur').post('/desk/queue/next')).headers.get('location'));
  expect(theirs).toContain(`/desk/cases/${marked}`);
  expect(theirs.at(-1)).toContain('notice=empty');
  expect(theirs).not.toContain(`/desk/cases/${other}`);
});

test('its page shows fingerprints first and nothing to look at, and that somebody read them is on record', async () => {
  const marked = await reported('marker-3', 'csam');
  const page = await who('melur').page(`/desk/cases/${marked}`);
  expect(page).toContain('ab'.repeat(32));
  expect(page).not.toContain('Fail penanda marker-3');
  const viewed = await look(desk.house).records(marked);
  expect(viewed.filter(({ kind }) => kind === 'material.viewed').map(({ payload }) => payload['why'])).toEqual(['comparing fingerprints']);
  const shown = await (await who('melur').post(`/desk/cases/${marked}/reveal`)).text();
  expect(shown).toContain('Fail penanda marker-3');
});

test('who finds it in another case hides it, and with that child-safety reviewers have the case, whoever held it', async () => {
  const found = await reported('worse', 'bullying-hate');
  await who('awan').post(`/desk/cases/${found}/claim`);
  const refused = await who('awan').post(`/desk/cases/${found}/decide`, {
    determination: 'remove',
    clause: csamClause,
    reason: 'Saya nampak.',
  });
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('decided by child-safety reviewers')]);
  const handed = await who('awan').post(`/desk/cases/${found}/hide`, { clause: csamClause });
  expect([handed.status, handed.headers.get('location')]).toEqual([303, '/desk/queue?notice=referred']);
  expect(await who('awan').page('/desk/queue?notice=referred')).toContain('Child-safety reviewers have the case');
  expect((await who('awan').get(`/desk/cases/${found}`)).status).toBe(403);
  expect((await who('melur').post(`/desk/cases/${found}/claim`)).status).toBe(303);
  const page = await who('melur').page(`/desk/cases/${found}`);
  expect(page).toContain('Temporarily hidden');
});

test('an auditor reads a case and is shown neither what was said nor a button that changes it', async () => {
  const [of] = listed(await who('embun').page('/desk/queue'));
  const page = await who('embun').page(`/desk/cases/${of}`);
  expect(page).toContain('Your role reads what was done, not what was said.');
  expect(page).not.toContain('Satu hantaran');
  expect(page).not.toMatch(/action="\/desk\/cases\/[^"]+\/(claim|hide|decide|reveal)"/);
});
