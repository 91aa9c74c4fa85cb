import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../../test/browser.ts';
import { openDesk, type TestDesk } from '../../test/desk.ts';
import { faultsOf, looksAt, pageRoutes } from '../../test/pages.ts';
import { play, post } from '../../test/play.ts';
import { enrolled } from '../../test/staff.ts';
import { languages } from '../foundation/i18n/language.ts';
import { statementToken } from '../procedure/moderation/index.ts';

let desk: TestDesk;
let browser: Browser;
let shown: { readonly code: string; readonly pin: string; readonly puid: string; readonly token: string };

beforeAll(async () => {
  desk = await openDesk({ seed: 'public pages' });
  const { house } = desk;
  const now = play(house);
  const { case: of, code, pin } = await now.report(post('p'), { reporter: { contact: { email: 'contact@mail.example' } } });
  await house.settle();
  const made = await now.judge(await enrolled(house, 'moderator'), { case: of, determination: 'remove', clause: 'bullying.harassment' });
  await now.obey();
  await house.settle();
  await now.deliver();
  shown = { code, pin, puid: made.puid, token: statementToken(house, made.id, 'author', now.ours('author')) };
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

interface Opened {
  readonly name: string;
  readonly route: string;
  readonly path: () => string;
  /** All four, where nothing else is said. */
  readonly speaks?: readonly string[];
  /** What is done on the page before it is looked at. */
  readonly first?: (page: Page) => Promise<unknown>;
}
const send = (page: Page) => Promise.all([page.waitForEvent('load'), page.locator('main form button').click()]);
const pages: readonly Opened[] = [
  { name: 'home', route: '/', path: () => '/' },
  { name: 'code of a report', route: '/report/status', path: () => '/report/status' },
  { name: 'code that is none', route: '/report/status', path: () => '/report/status?code=1' },
  { name: 'PIN of a report', route: '/report/:code', path: () => `/report/${shown.code}` },
  {
    name: 'PIN that is wrong',
    route: '/report/:code',
    path: () => '/report/AAAA-AAAA',
    first: async (page) => {
      await page.locator('#pin').fill('000000');
      await send(page);
    },
  },
  {
    name: 'status of a report',
    route: '/report/:code',
    path: () => `/report/${shown.code}`,
    first: async (page) => {
      await page.locator('#pin').fill(shown.pin);
      await send(page);
      await page.locator('article.card').first().waitFor();
    },
  },
  { name: 'statement', route: '/statement/:puid', path: () => `/statement/${shown.puid}?token=${shown.token}` },
  { name: 'appeal', route: '/appeal/:puid', path: () => `/appeal/${shown.puid}?token=${shown.token}` },
  { name: 'inquiry', route: '/inquiry/:puid', path: () => `/inquiry/${shown.puid}?token=${shown.token}` },
  { name: 'guidelines', route: '/guidelines', path: () => '/guidelines' },
  { name: 'a version of the guidelines', route: '/guidelines/v/:version', path: () => '/guidelines/v/1' },
  // For engineers, in English like the API; the second look is in the other scheme.
  { name: 'problems', route: '/problems', path: () => '/problems', speaks: ['en', 'en'] },
  { name: 'problem', route: '/problems/:code', path: () => '/problems/field-wrong', speaks: ['en', 'en'] },
];

test('every page for the public is looked at below', async () => {
  const routes = (await pageRoutes(desk.house)).filter((route) => !route.startsWith('/desk'));
  expect([...new Set(pages.map(({ route }) => route))].sort()).toEqual(routes);
});

describe.each(pages.map((page, n) => ({ ...page, n })))('$name', ({ path, first, speaks = languages, n }) => {
  test('has nothing that axe finds, in its languages, light and dark, and fits 320 px', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults: string[] = [];
    const [bare, query = ''] = path().split('?');
    for (const look of looksAt(n, speaks)) {
      const found = await faultsOf(page, `${desk.url}${bare}?${query}&lang=${look.lang}`, look, async (address) => {
        await page.goto(address);
        await first?.(page);
      });
      // Chromium names every refusal an error.
      faults.push(...found.filter((fault) => !fault.includes('the server responded with a status of 403')));
    }
    expect(faults).toEqual([]);
    await context.close();
  }, 60_000);
});

test('what is refused is a page, too', async () => {
  const page = await browser.newPage();
  for (const look of looksAt(0, languages)) {
    const found = await faultsOf(page, `${desk.url}/nowhere?lang=${look.lang}`, look);
    expect(found.filter((fault) => !fault.includes('404'))).toEqual([]);
  }
  await page.close();
});
