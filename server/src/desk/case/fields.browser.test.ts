import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, openBrowser } from '../../../test/browser.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';
import { defineItemKind } from '../../procedure/setup/item-kind.ts';

let desk: TestDesk;
let awan: Visitor;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk({ seed: 'fields' });
  awan = await desk.logIn('awan');
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

test('what fields hold stands beside the material under the service’s own names, as text, and fits 320 px, in both languages', async () => {
  await defineItemKind(desk.house, 'warung', { kind: 'listing', as: 'post', schema: '{"type":"object"}' });
  const fields = {
    title: '<b>Basikal</b> di https://palsu.example/a',
    price: 120.5,
    sizes: ['S', { long: 'x'.repeat(200) }],
    ['a-name-without-a-blank-'.repeat(8)]: 'y'.repeat(200),
  };
  const { case: of } = await play(desk.house).report(post('l-7', { kind: 'listing', fields, text: 'Basikal terpakai.' }));
  const context = await browser.newContext({ viewport: { width: 320, height: 700 }, reducedMotion: 'reduce' });
  await context.addCookies([...awan.cookies].map(([name, value]) => ({ name, value, url: desk.url })));
  const page = await context.newPage();
  for (const [language, heading, kind] of [
    ['ms', 'Medan daripada perkhidmatan', 'Hantaran (listing)'],
    ['en', 'Fields from the service', 'Post (listing)'],
  ]) {
    await page.goto(`${desk.url}/desk/cases/${of}?lang=${language}`);
    const section = page.locator('.fields');
    expect(await section.locator('h3').textContent()).toBe(heading);
    expect(await section.locator('dt').allTextContents()).toEqual(Object.keys(fields));
    expect((await section.locator('dd').allTextContents()).slice(0, 3)).toEqual([fields.title, '120.5', JSON.stringify(fields.sizes)]);
    expect(await section.locator('a, b').count()).toBe(0);
    expect(await page.textContent('main')).toContain(kind);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  }
  if (process.env['PERISAI_PICTURES']) await page.screenshot({ path: `${process.env['PERISAI_PICTURES']}/fields.png`, fullPage: true });
  await context.close();
}, 60_000);
