import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, openBrowser } from '../../test/browser.ts';
import { openDesk, type TestDesk } from '../../test/desk.ts';
import { type Morning, morning, playMorning } from '../../test/morning.ts';
import type { Seeded } from '../procedure/staff/seed.ts';
import { totpCode } from '../staff/index.ts';

let desk: TestDesk;
let played: Morning;
let browser: Browser;
const sessions = new Map<string, Awaited<ReturnType<TestDesk['logIn']>>>();

beforeAll(async () => {
  desk = await openDesk({ seed: 'browser', start: morning.start });
  played = await playMorning(desk.house, desk.staff);
  for (const login of ['xiaoyu', 'mullai', 'intan']) sessions.set(login, await desk.logIn(login));
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

/** A browser of somebody who is logged in; no page runs a script, so the pages are opened without. */
async function open(login: string | null, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const cookies = login === null ? [] : [...(sessions.get(login)?.cookies ?? [])];
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: desk.url })));
  return context.newPage();
}

const pages: readonly { readonly name: string; readonly who: string | null; readonly path: (played: Morning) => string }[] = [
  { name: 'log-in', who: null, path: () => '/desk/log-in' },
  { name: 'queue', who: 'mullai', path: () => '/desk/queue' },
  { name: 'empty queue', who: 'mullai', path: () => '/desk/queue?harm=intimate-image&notice=empty' },
  { name: 'open case', who: 'mullai', path: ({ bullying }) => `/desk/cases/${bullying}` },
  { name: 'bundle', who: 'mullai', path: ({ bullying }) => `/desk/cases/${bullying}/bundle` },
  { name: 'desks', who: 'mullai', path: () => '/desk/queue/desks' },
  { name: 'guarded case', who: 'mullai', path: ({ guarded }) => `/desk/cases/${guarded}` },
  { name: 'decided case', who: 'mullai', path: ({ appealed }) => `/desk/cases/${appealed}` },
  { name: 'appeals', who: 'mullai', path: () => '/desk/appeals' },
  { name: 'appeal', who: 'mullai', path: ({ appeal }) => `/desk/appeals/${appeal}` },
  { name: 'not enforced', who: 'mullai', path: () => '/desk/enforcement' },
  { name: 'clocks', who: 'mullai', path: () => '/desk/clocks' },
  { name: 'staff', who: 'intan', path: () => '/desk/staff' },
  { name: 'nothing there', who: 'mullai', path: () => '/desk/nowhere' },
];

const looks = [
  { name: 'light, in English', options: { colorScheme: 'light' }, lang: 'en' },
  { name: 'dark, in Malay', options: { colorScheme: 'dark' }, lang: 'ms' },
] as const;

describe.each(looks)('in $name', ({ options, lang }) => {
  // The second time without those that are made of nothing but what the others show.
  test.each(lang === 'en' ? pages : pages.filter(({ name }) => !['empty queue', 'appeals', 'nothing there'].includes(name)))(
    '$name has nothing that axe finds, and nothing the browser complains of',
    async ({ name, who, path }) => {
      const page = await open(who, options);
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      const [bare, query = ''] = path(played).split('?');
      await page.goto(`${desk.url}${bare}?${query}&lang=${lang}`);
      expect(await axe(page)).toEqual([]);
      // Chromium names every answer of 404 an error.
      expect(complaints.filter((text) => name !== 'nothing there' || !text.includes('404'))).toEqual([]);
      await page.context().close();
    },
    60_000,
  );
});

test.each(['ms', 'en'])(
  'no page scrolls sideways at 320 px, and what is pressed is 24 px high, in %s',
  async (lang) => {
    for (const { name, who, path } of pages) {
      const page = await open(who, { viewport: { width: 320, height: 700 } });
      const [bare, query = ''] = path(played).split('?');
      await page.goto(`${desk.url}${bare}?${query}&lang=${lang}`);
      const [width, small] = (await page.evaluate(`[document.documentElement.scrollWidth,
        [...document.querySelectorAll('a, button, input, select, textarea, summary')]
          .filter((e) => !e.matches('.skip, [type=hidden]') && e.checkVisibility() && e.getBoundingClientRect().height < 24)
          .map((e) => e.outerHTML.slice(0, 80))]`)) as [number, string[]];
      expect([name, width, small]).toEqual([name, 320, []]);
      await page.context().close();
    }
  },
  60_000,
);

describe('by keyboard alone', () => {
  /** Presses Tab until the focus is where it should be; every stop on the way shows a ring. */
  async function reach(page: Page, selector: string): Promise<void> {
    for (let n = 0; n < 120; n++) {
      const [there, ring] = (await page.evaluate(
        `[document.activeElement.matches(${JSON.stringify(selector)}), getComputedStyle(document.activeElement).outlineStyle]`,
      )) as [boolean, string];
      if (n > 0) expect(ring).not.toBe('none');
      if (there) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  }
  const enter = (page: Page) => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);

  async function logIn(page: Page, login: string): Promise<void> {
    desk.house.clock.advance(30_000);
    const { password, totpSecret } = desk.staff[login] as Seeded;
    await page.goto(`${desk.url}/desk?lang=en`);
    await reach(page, '#login');
    await page.keyboard.type(login);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Tab');
    await page.keyboard.type(totpCode(totpSecret, desk.house.clock.now()));
    await enter(page);
  }

  test('somebody logs in, takes the worst case, sees it, decides it; another hears the appeal', async () => {
    const page = await open(null);
    await logIn(page, 'awan');
    expect(new URL(page.url()).pathname).toBe('/desk/queue');
    await reach(page, '.act button');
    await enter(page);
    expect(new URL(page.url()).pathname).toMatch(/^\/desk\/cases\/[0-9a-f-]{36}$/);
    await reach(page, 'form[action$="/reveal"] button');
    await enter(page);
    await page.locator('.said', { hasText: 'A marker file for drills.' }).waitFor();

    // Nothing is chosen yet: the error summary says so and leads to the question.
    await reach(page, 'button[form="decide"]');
    await enter(page);
    await reach(page, '.summary a');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.name')).toBe('determination');
    await page.keyboard.press('Space');
    await reach(page, '#reason');
    await page.keyboard.type('Fail penanda untuk latihan.');
    await reach(page, 'button[form="decide"]');
    await enter(page);
    await page.locator('.standing', { hasText: 'Decided, not yet enforced' }).waitFor();
    await page.context().close();

    const second = await open(null);
    await logIn(second, 'seri');
    await reach(second, '.desks a[href="/desk/appeals"]');
    await enter(second);
    await reach(second, `a[href="/desk/appeals/${played.appeal}"]`);
    await enter(second);
    await reach(second, '#outcome');
    await second.keyboard.press('ArrowDown');
    await reach(second, '#determination');
    await second.keyboard.press('Space');
    await reach(second, '#reason');
    await second.keyboard.type('Tiada sesiapa yang boleh dikenali.');
    await reach(second, 'button[form="decide"]');
    await enter(second);
    await second.locator('.standing', { hasText: 'The decision is changed' }).waitFor();
    await second.context().close();
  }, 60_000);
});
