import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { createServiceKey } from '../../foundation/http/keys.ts';
import { sweep } from '../../procedure/moderation/index.ts';

let desk: TestDesk;
let cempaka: Visitor;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'instruction' });
  cempaka = await desk.logIn('cempaka');
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

const typed = { service: 'warung', kind: 'remove', reference: 'MCMC/7', due: '2026-11-30 17:00', item_kind: 'post', item_id: 'p' };

test('an instruction is entered on its page, carried out by the platform, and its receipt can be read', async () => {
  const around = play(desk.house);
  await around.report(post('p'));
  const sent = await cempaka.post('/desk/instructions', typed);
  expect(sent.status).toBe(303);
  const page = sent.headers.get('location') as string;
  expect(await cempaka.page(page)).toContain('Decided, waiting for the platform');
  expect((await cempaka.get(`${page}/receipt`)).status).toBe(409);
  desk.house.clock.advance(60_000);
  await around.obey();
  expect(await cempaka.page(page)).toContain(`href="${page}/receipt"`);
  const receipt = await cempaka.page(`${page}/receipt`);
  for (const said of ['MCMC/7', 'Removed for everybody', 'PRS-', 'Print this page']) expect(receipt).toContain(said);
  expect(await cempaka.page('/desk/instructions')).toContain('MCMC/7');
});

test('what is missing or wrong comes back with everything that was typed', async () => {
  for (const [field, value] of [
    ['kind', ''],
    ['reference', ' '],
    ['due', 'soon'],
  ] as const) {
    const refused = await cempaka.post('/desk/instructions', { ...typed, reference: 'MCMC/8', [field]: value });
    const text = await refused.text();
    expect([field, refused.status, text.includes(`href="#${field}"`), text.includes('value="p"')]).toEqual([field, 422, true, true]);
  }
  const unknown = await cempaka.post('/desk/instructions', { ...typed, reference: 'MCMC/9', item_id: 'never seen' });
  expect([unknown.status, (await unknown.text()).includes('This item has never come here')]).toEqual([422, true]);
});

test('the service reads the receipt as JSON: what was asked and by when, what was done and when that was confirmed, and the record that says so', async () => {
  const around = play(desk.house);
  await around.report(post('r'));
  const sent = await cempaka.post('/desk/instructions', { ...typed, reference: 'MCMC/10', due: '2026-11-24 10:30', item_id: 'r' });
  const id = (sent.headers.get('location') as string).split('/').at(-1) as string;
  const key = async (service: string) =>
    (await desk.house.db.begin('doors', (tx) => createServiceKey(tx, desk.house, { service, label: 'test', scopes: ['read'] }))).token;
  const token = await key('warung');
  const read = () => fetch(`${desk.url}/v1/instructions/${id}/receipt`, { headers: { authorization: `Bearer ${token}` } });
  const early = await read();
  expect([early.status, ((await early.json()) as { code: string }).code]).toEqual([409, 'instruction-open']);
  desk.house.clock.advance(5 * 60_000);
  await around.obey();
  const receipt = (await (await read()).json()) as Record<string, unknown>;
  expect(receipt).toMatchObject({
    instruction: id,
    reference: 'MCMC/10',
    kind: 'remove',
    section: 'Act 866 s.25',
    service: 'warung',
    item: { kind: 'post', id: 'r' },
    due_at: '2026-11-24T02:30:00.000Z',
    shown: 'removed',
    acknowledged_at: desk.house.clock.now().toISOString(),
    in_time: desk.house.clock.now() <= new Date('2026-11-24T02:30:00Z'),
  });
  const [record] = await look(desk.house).query<{ kind: string }>('select kind from records.record where id = $1', [receipt['record']]);
  expect(record?.kind).toBe('instruction.answered');
});

test('a direction asks for its time when it is registered, and its breach stands on the page of clocks, for whose work it is', async () => {
  const sent = await cempaka.post('/desk/instructions', { ...typed, kind: 'direction', reference: 'MCMC/11', item_id: '' });
  const page = sent.headers.get('location') as string;
  const refused = await cempaka.post(`${page}/advance`, { to: 'registered', due: 'soon' });
  expect([refused.status, (await refused.text()).includes('href="#due"')]).toEqual([422, true]);
  expect((await cempaka.post(`${page}/advance`, { to: 'registered', due: '2026-11-24 13:00' })).status).toBe(303);
  expect(await cempaka.page(page)).toContain('It was complied with');
  desk.house.clock.advance(24 * 3_600_000);
  await sweep(desk.house);
  cempaka = await desk.logIn('cempaka');
  awan = await desk.logIn('awan');
  const late = await cempaka.page('/desk/clocks');
  expect(late.slice(late.indexOf('Promises not kept'))).toContain(`<a href="${page}">MCMC/11</a>`);
  expect(await awan.page('/desk/clocks')).not.toContain('MCMC/11');
});

test('a moderator neither reads the register nor enters anything', async () => {
  expect((await awan.get('/desk/instructions')).status).toBe(403);
  expect((await awan.post('/desk/instructions', typed)).status).toBe(403);
});
