import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, openBrowser } from '../../../test/browser.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let awan: Visitor;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk({ seed: 'merge browser' });
  awan = await desk.logIn('awan');
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

const report = async (id: string) =>
  (await play(desk.house).report(post(id, { author: `${id}-author`, text: 'Hadiah percuma menanti anda di https://hadiah.example ini.' })))
    .case;

async function narrow(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 }, reducedMotion: 'reduce' });
  await context.addCookies([...awan.cookies].map(([name, value]) => ({ name, value, url: desk.url })));
  return context.newPage();
}

/** Presses Tab until what is asked for has the focus, then Enter. */
async function press(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 200; n++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement.textContent.trim()')) === name) break;
  }
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

async function sound(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
}

test('two cases are merged and taken apart by keyboard alone, at 320 px, in Malay', async () => {
  const [one, other] = [await report('one'), await report('other')];
  const page = await narrow();
  await page.goto(`${desk.url}/desk/cases/${one}?lang=ms`);
  await press(page, 'Perkara yang sama: gabungkan kes');
  expect(new URL(page.url()).pathname).toBe(`/desk/cases/${one}/merge`);
  await sound(page);
  await press(page, 'Gabungkan ke dalam kes ini');
  expect(new URL(page.url()).pathname).toBe(`/desk/cases/${one}`);
  await sound(page);
  await page.goto(`${desk.url}/desk/cases/${other}?lang=ms`);
  await sound(page);
  if (process.env['PERISAI_PICTURES']) await page.screenshot({ path: `${process.env['PERISAI_PICTURES']}/merged.png`, fullPage: true });
  await press(page, 'Batalkan penggabungan');
  expect(new URL(page.url()).pathname).toBe(`/desk/cases/${other}`);
  expect(await page.textContent('main')).not.toContain('perkara yang sama dengan kes');
  await page.context().close();
}, 60_000);
