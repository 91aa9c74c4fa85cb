import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { minute, play, post } from '../../../test/play.ts';
import { fetchDue } from '../../procedure/media/index.ts';

let desk: TestDesk;
let somebody: Visitor;
let of: string;
beforeAll(async () => {
  desk = await openDesk({ seed: 'missing' });
  somebody = await desk.logIn('awan');
  // The service has registered no host, so that nothing is ever fetched.
  const media = [{ url: 'https://files.warung.example/once/1', sha256: 'a'.repeat(64), size: 100, type: 'image/png' }];
  of = (await play(desk.house).report(post('missing', { media }))).case;
});
afterAll(() => desk.close());

const plain = async (path: string, lang = 'en') =>
  (await somebody.page(`${path}?lang=${lang}`)).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('a snapshot that lacks a file says so, on its case and in the queue, in both languages', async () => {
  for (const path of [`/desk/cases/${of}`, '/desk/queue']) {
    expect(await plain(path)).toContain('Snapshot incomplete');
    expect(await plain(path, 'ms')).toContain('Salinan tidak lengkap');
  }
  expect(await plain(`/desk/cases/${of}`)).toContain('image/png, being fetched');
});

test('after ten minutes it is an alarm beside the clocks and beside what is not enforced, and not before', async () => {
  for (const path of ['/desk/clocks', '/desk/enforcement']) expect(await plain(path)).not.toContain('Incomplete snapshots');
  desk.house.clock.advance(11 * minute);
  for (const path of ['/desk/clocks', '/desk/enforcement'])
    expect(await plain(path)).toMatch(/Incomplete snapshots.*warung Still asked for/);
});

test('what is not to be had says why, on its case, in its life and as an alarm', async () => {
  await fetchDue(desk.house);
  const page = await plain(`/desk/cases/${of}`);
  expect(page).toContain('image/png, not to be had (its host is not registered)');
  expect(page).toContain('A file could not be had: its host is not registered');
  for (const path of ['/desk/clocks', '/desk/enforcement'])
    expect(await plain(path)).toMatch(/Incomplete snapshots.*Not to be had its host is not registered/);
});
