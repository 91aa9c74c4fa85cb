import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk } from '../../../test/desk.ts';
import { citedInstruments, obligations } from '../../policy/index.ts';
import type { Seeded } from '../../procedure/staff/seed.ts';
import { staffRoles } from '../../staff/index.ts';
import { fulfilled } from './fulfilled.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ seed: 'obligations' });
});
afterAll(() => desk.close());

const all = obligations.flatMap((group) => group.all);
const plain = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('every obligation says what in Perisai fulfils it, and each place it names is there', async () => {
  expect(Object.keys(fulfilled).sort()).toEqual(all.map(({ id }) => id).sort());
  const people = { awan: await desk.logIn('awan'), intan: await desk.logIn('intan'), cempaka: await desk.logIn('cempaka') };
  const paths = new Set<string>();
  for (const [id, found] of Object.entries(fulfilled)) {
    if (found.state === 'missing') continue;
    const { desks, pages = [], docs = [] } = found.at;
    expect([id, desks.length + pages.length + docs.length]).not.toEqual([id, 0]);
    for (const one of desks) paths.add(`/desk/${one}`);
    for (const one of pages) paths.add(one);
    for (const one of docs) expect([one, existsSync(new URL(`../../../../${one}`, import.meta.url))]).toEqual([one, true]);
    if (found.state === 'partly') expect([found.lacks.ms, found.lacks.en]).not.toContain('');
  }
  for (const path of paths) {
    const answers = await Promise.all(Object.values(people).map(async (one) => (await one.get(path)).status));
    expect([path, answers.includes(200)]).toEqual([path, true]);
  }
});

test('everybody who works here reads them, in Malay and English, with section, period and surfaces', async () => {
  for (const role of staffRoles) {
    const somebody = Object.values(desk.staff).find(({ roles }) => roles.includes(role)) as Seeded;
    const page = plain(await (await desk.logIn(somebody.login)).page('/desk/obligations?lang=en'));
    for (const { id, title } of all) expect([role, page.includes(`${id} ${title.en}`)]).toEqual([role, true]);
  }
  const visitor = await desk.logIn('awan');
  const english = plain(await visitor.page('/desk/obligations?lang=en'));
  expect(english).toMatch(
    /US-10 Acknowledge, assess and answer a report .*?1 hour \(prescribed\) Act 866 s\.21\(2\)\(a\) ; on public surfaces, grey surfaces/,
  );
  expect(english).not.toContain('{{');
  const malay = plain(await visitor.page('/desk/obligations?lang=ms'));
  expect(malay).toMatch(/US-2 .*?6 bulan \(pilihan kami\)/);
});

test('what the law leaves open, or we could not read, is marked as unconfirmed', async () => {
  const visitor = await desk.logIn('awan');
  const article = (page: string, id: string) =>
    plain(page.slice(page.indexOf(`<article class="card stack" id="${id}"`)).split('</article>')[0] as string);
  const page = await visitor.page('/desk/obligations?lang=en');
  expect(article(page, 'US-9')).toContain('24 hours unconfirmed');
  expect(article(page, 'CS-1')).toContain('16 unconfirmed');
  expect(article(page, 'US-11')).not.toContain('unconfirmed');
});

test('they are filtered by the law or code that they cite', async () => {
  const visitor = await desk.logIn('awan');
  const shown = async (instrument: string) =>
    [
      ...(await visitor.page(`/desk/obligations?lang=en&instrument=${instrument}`)).matchAll(/<article class="card stack" id="([^"]+)"/g),
    ].map(([, id]) => id);
  expect(await shown('evidence-act')).toEqual(['AC-8']);
  expect(await shown('act-866')).toEqual(all.filter(({ instruments }) => instruments.includes('act-866')).map(({ id }) => id));
  expect(await shown('no-such-law')).toEqual([]);
  const page = plain(await visitor.page('/desk/obligations?lang=en&instrument=code'));
  expect(page).toContain(citedInstruments.find(({ id }) => id === 'code')?.unconfirmed as string);
});
