import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, openBrowser } from '../../../../test/browser.ts';
import type { Language } from '../../i18n/language.ts';
import { languages } from '../../i18n/language.ts';
import { assets } from '../assets.ts';
import { gallery } from './gallery.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(async () => browser.close());

const looks = [
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'forced colours', options: { forcedColors: 'active' } },
] as const;

/** The gallery as the house would send it, under the policy that it sends with it; complaints of the browser are collected. */
async function open(
  language: Language,
  frame: 'public' | 'staff',
  options: Parameters<Browser['newContext']>[0],
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: true, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.route('**/*', async (route) => {
    const asset = assets.get(new URL(route.request().url()).pathname);
    if (asset !== undefined) return route.fulfill({ contentType: asset.type, body: Buffer.from(asset.bytes) });
    const headers = { 'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'" };
    return route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body: gallery(language, frame).toString() });
  });
  await page.goto('http://perisai.example/gallery');
  return { page, complaints };
}

describe.each(['public', 'staff'] as const)('the %s gallery', (frame) => {
  test.each(looks)(
    'has nothing that axe finds in $name, in four languages',
    async ({ options }) => {
      for (const language of languages) {
        const { page, complaints } = await open(language, frame, options);
        expect(await axe(page), language).toEqual([]);
        expect(complaints, language).toEqual([]);
        await page.context().close();
      }
    },
    120_000,
  );

  test('never scrolls sideways at 320 px (640 px at 200 %), and what is clicked is 24 px high', async () => {
    for (const language of languages) {
      const { page } = await open(language, frame, { viewport: { width: 320, height: 700 } });
      expect(await page.evaluate('document.documentElement.scrollWidth'), language).toBe(320);
      const small = await page.evaluate(
        "[...document.querySelectorAll('a, button, input, select, textarea')].filter((e) => !e.closest('li li, p, .summary, .skip') && !e.matches('.skip, [type=hidden]') && e.getBoundingClientRect().height < 24).map((e) => e.outerHTML.slice(0, 80))",
      );
      expect(small, language).toEqual([]);
      await page.context().close();
    }
  }, 120_000);
});

test('the keyboard finds the skip link first, then what it leads to', async () => {
  const { page } = await open('ms', 'public', {});
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.className')).toBe('skip');
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
  await page.context().close();
});
