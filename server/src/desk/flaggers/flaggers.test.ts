import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';

let desk: TestDesk;
const people: Record<string, Visitor> = {};
const who = (login: string) => people[login] as Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'flaggers' });
  for (const login of ['intan', 'cempaka']) people[login] = await desk.logIn(login);
});
afterAll(() => desk.close());

const at = '/desk/flaggers';
const reason = 'Talian bantuan; laporannya tepat.';
/** Somebody fills in the form; gives the address of what waits. */
async function proposed(by: string, name: string, account = ''): Promise<string> {
  expect((await who(by).post(at, { service: 'warung', name, account, reason })).status).toBe(303);
  const [row] = await look(desk.house).query<{ id: string }>('select id from flaggers.accreditation where name = $1 order by id desc', [
    name,
  ]);
  return `${at}/${row?.id}`;
}

test('what somebody proposes waits in sight with who, why and for which account, also in the rail, until another person accepts it', async () => {
  const one = await proposed('intan', 'Pertubuhan Contoh', 'akaun-ngo');
  const own = await who('intan').page(at);
  expect(own).toContain('You proposed this. Somebody else must accept it');
  for (const absent of [`${one}/accept`, `${one}/refuse`, 'Nobody else may accept it']) expect(own).not.toContain(absent);
  const other = await who('cempaka').page(at);
  for (const shown of ['Waits for a second person', 'Intan Pentadbir', reason, 'akaun-ngo', 'Accept: accredit Pertubuhan Contoh'])
    expect(other).toContain(shown);
  expect(other).not.toContain(`${one}/withdraw`);
  expect(other).toMatch(/href="\/desk\/flaggers"[^>]*>(?:(?!<\/a>).)*1(?:(?!<\/a>).)*<\/a>/s);
  const tried = await who('intan').post(`${one}/accept`);
  expect([tried.status, await tried.text()]).toEqual([403, expect.stringContaining('the second person never is the first')]);
  expect((await who('cempaka').post(`${one}/accept`)).status).toBe(303);
  const after = await who('cempaka').page(at);
  expect(after).not.toContain('Waits for a second person');
  expect(after).toContain('Accredited');
  expect((await who('cempaka').post(`${one}/accept`)).status).toBe(409);
});

test('a second person refuses with a reason, which whoever proposed it reads; another time it is taken back', async () => {
  const one = await proposed('cempaka', 'Persatuan Contoh');
  const silent = await who('intan').post(`${one}/refuse`, { reason: ' ' });
  expect([silent.status, await silent.text()]).toEqual([422, expect.stringContaining('Write the reason in a sentence.')]);
  expect((await who('intan').post(`${one}/refuse`, { reason: 'Mereka baru ditubuhkan.' })).status).toBe(303);
  const read = await who('cempaka').page(at);
  for (const shown of ['What came to nothing', 'Refused by Intan Pentadbir', 'Mereka baru ditubuhkan.']) expect(read).toContain(shown);
  const again = await proposed('cempaka', 'Persatuan Contoh');
  expect((await who('intan').post(`${again}/withdraw`)).status).toBe(403);
  expect((await who('cempaka').post(`${again}/withdraw`)).status).toBe(303);
  expect(await who('intan').page(at)).toContain('Taken back by Cempaka Patuh');
});

test('one person suspends; that it is accredited again waits for another, and the table says so', async () => {
  const [flagger] = await look(desk.house).query<{ id: string }>('select id from flaggers.flagger');
  expect((await who('intan').post(`${at}/${flagger?.id}/suspend`, { reason: 'Laporan disalah guna.' })).status).toBe(303);
  expect((await who('intan').post(`${at}/${flagger?.id}/propose`, { reason })).status).toBe(303);
  const page = await who('cempaka').page(at);
  for (const shown of [
    'That it is accredited again waits for a second person.',
    'Accredited again after a suspension',
    'Laporan disalah guna.',
  ])
    expect(page).toContain(shown);
});

test('where nobody else may accept it, the page says whom to enrol; a form that lacks something comes back as it was', async () => {
  await who('intan').post(`/desk/staff/${desk.staff['cempaka']?.id}/disable`);
  expect(await who('intan').page(at)).toContain('Nobody else may accept it: enrol another administrator or compliance officer.');
  const nameless = await who('intan').post(at, { service: 'warung', name: '', account: '', reason });
  expect([nameless.status, await nameless.text()]).toEqual([422, expect.stringContaining(reason)]);
  const silent = await who('intan').post(at, { service: 'warung', name: 'Yayasan Contoh', account: '', reason: '' });
  expect([silent.status, await silent.text()]).toEqual([422, expect.stringContaining('Yayasan Contoh')]);
  const taken = await who('intan').post(at, { service: 'warung', name: 'Yayasan Contoh', account: 'akaun-ngo', reason });
  expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('This account is another organisation’s')]);
});
