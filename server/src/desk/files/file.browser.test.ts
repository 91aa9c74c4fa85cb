import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { faultsOf } from '../../../test/pages.ts';
import { handedIn, onePoint } from '../../../test/pictures.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let browser: Browser;
let mullai: Visitor;
let of: string;

beforeAll(async () => {
  desk = await openDesk({ seed: 'files-browser' });
  mullai = await desk.logIn('mullai');
  browser = await openBrowser();
  const media = [
    handedIn(onePoint),
    handedIn(Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1'), 'video/mp4'),
    handedIn(Buffer.from('OggS'), 'audio/ogg'),
    handedIn(Buffer.from('Kata-kata.'), 'image/svg+xml'),
    { type: 'image/jpeg', sha256: 'ab'.repeat(32) },
  ];
  of = (await play(desk.house).report(post('seen', { media }), { harm: 'intimate-image' })).case;
}, 60_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

async function open(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([...mullai.cookies].map(([name, value]) => ({ name, value, url: desk.url })));
  return context.newPage();
}
const asks = async (page: Page, address: string) => {
  await page.goto(address);
  await Promise.all([page.waitForEvent('load'), page.click('form[action$="/reveal"] button')]);
};
const filter = (page: Page, what: string) => page.evaluate(`getComputedStyle(document.querySelector('${what}')).filter`);

test('a guarded picture is there, blurred and grey, until the keyboard makes it clear; no video is fetched unasked', async () => {
  const page = await open();
  const fetched: string[] = [];
  page.on('request', (request) => void fetched.push(new URL(request.url()).pathname));
  await asks(page, `${desk.url}/desk/cases/${of}?lang=en`);
  expect(await page.evaluate(`document.querySelector('.file img').naturalWidth`)).toBe(1);
  expect(fetched.filter((path) => path.includes('/files/'))).toEqual([expect.stringMatching(/\/0$/)]);
  expect([await filter(page, '.file img'), await filter(page, '.file video')]).toEqual([
    'blur(14px) grayscale(1)',
    'blur(14px) grayscale(1)',
  ]);
  for (const place of [0, 1]) {
    await page.focus(`input.clear[id$="-${place}"]`);
    await page.keyboard.press('Space');
  }
  expect([await filter(page, '.file img'), await filter(page, '.file video')]).toEqual(['none', 'none']);
  await page.context().close();
}, 60_000);

test('the page that shows them has nothing that axe finds, light and dark, and fits 320 px', async () => {
  const page = await open();
  const faults: string[] = [];
  for (const [lang, colorScheme] of [
    ['en', 'light'],
    ['ms', 'dark'],
  ] as const)
    faults.push(
      ...(await faultsOf(page, `${desk.url}/desk/cases/${of}?lang=${lang}`, { lang, colorScheme, axe: 'all' }, (at) => asks(page, at))),
    );
  expect(faults).toEqual([]);
  await page.context().close();
}, 60_000);
