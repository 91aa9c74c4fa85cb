import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../../test/browser.ts';
import { openDesk, type TestDesk } from '../../test/desk.ts';
import { type Desks, playDesks } from '../../test/desks.ts';
import { type Morning, morning, playMorning } from '../../test/morning.ts';
import { faultsOf, looksAt, pageRoutes } from '../../test/pages.ts';
import type { Seeded } from '../procedure/staff/seed.ts';
import { totpCode } from '../staff/index.ts';

let desk: TestDesk;
let played: Morning & Desks;
let browser: Browser;
const sessions = new Map<string, Awaited<ReturnType<TestDesk['logIn']>>>();

beforeAll(async () => {
  desk = await openDesk({ seed: 'browser', start: morning.start });
  played = { ...(await playMorning(desk.house, desk.staff)), ...(await playDesks(desk.house, desk.staff)) };
  for (const login of ['xiaoyu', 'mullai', 'intan', 'cempaka', 'bayu']) sessions.set(login, await desk.logIn(login));
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

interface Opened {
  readonly name: string;
  readonly who: string | null;
  readonly route: string;
  readonly path: (played: Morning & Desks) => string;
}
const at = (name: string, who: string | null, route: string, path: Opened['path'] = () => route): Opened => ({ name, who, route, path });
const pages: readonly Opened[] = [
  at('log-in', null, '/desk/log-in'),
  at('queue', 'mullai', '/desk/queue'),
  at('empty queue', 'mullai', '/desk/queue', () => '/desk/queue?harm=intimate-image&notice=empty'),
  at('desks', 'mullai', '/desk/queue/desks'),
  at('open case', 'mullai', '/desk/cases/:id', ({ bullying }) => `/desk/cases/${bullying}`),
  at('guarded case', 'mullai', '/desk/cases/:id', ({ guarded }) => `/desk/cases/${guarded}`),
  at('decided case', 'mullai', '/desk/cases/:id', ({ appealed }) => `/desk/cases/${appealed}`),
  at('bundle', 'mullai', '/desk/cases/:id/bundle', ({ bullying }) => `/desk/cases/${bullying}/bundle`),
  at('merging', 'mullai', '/desk/cases/:id/merge', ({ bullying }) => `/desk/cases/${bullying}/merge`),
  at('account', 'mullai', '/desk/accounts/:id', ({ account }) => `/desk/accounts/${account}`),
  at('approvals', 'mullai', '/desk/approvals'),
  at('what was proposed', 'mullai', '/desk/approvals/:id', ({ proposal }) => `/desk/approvals/${proposal}`),
  at('appeals', 'mullai', '/desk/appeals'),
  at('appeal', 'mullai', '/desk/appeals/:id', ({ appeal }) => `/desk/appeals/${appeal}`),
  at('inquiries', 'mullai', '/desk/inquiries'),
  at('inquiry', 'mullai', '/desk/inquiries/:id', ({ inquiry }) => `/desk/inquiries/${inquiry}`),
  at('inquiry into a dismissal', 'mullai', '/desk/inquiries/:id', ({ dismissal }) => `/desk/inquiries/${dismissal}`),
  at('what is kept secret', 'mullai', '/desk/secrecy'),
  at('register of instructions', 'cempaka', '/desk/instructions'),
  at('instruction', 'cempaka', '/desk/instructions/:id', ({ instruction }) => `/desk/instructions/${instruction}`),
  at('receipt', 'cempaka', '/desk/instructions/:id/receipt', ({ instruction }) => `/desk/instructions/${instruction}/receipt`),
  at('not enforced', 'mullai', '/desk/enforcement'),
  at('deliveries', 'mullai', '/desk/deliveries'),
  at('clocks', 'mullai', '/desk/clocks'),
  at('calls', 'bayu', '/desk/calls'),
  at('inviting', 'bayu', '/desk/approvals/:id/invite', ({ proposal }) => `/desk/approvals/${proposal}/invite`),
  at('second person from outside', null, '/desk/second/:id', ({ proposal }) => `/desk/second/${proposal}`),
  at('break-glass', 'bayu', '/desk/break-glass'),
  at('broken promises', 'bayu', '/desk/clocks'),
  at('counts', 'mullai', '/desk/counts'),
  at('obligations', 'mullai', '/desk/obligations', () => '/desk/obligations?instrument=act-866'),
  at('flaggers', 'intan', '/desk/flaggers'),
  at('policy', 'intan', '/desk/policy'),
  at('draft of the policy', 'intan', '/desk/policy/:id', ({ draft }) => `/desk/policy/${draft}`),
  at('clause of a draft', 'intan', '/desk/policy/:id/clause', ({ draft }) => `/desk/policy/${draft}/clause?clause=scam.prize`),
  at('rules', 'intan', '/desk/rules'),
  at('new rule', 'intan', '/desk/rules/new'),
  at('rule', 'intan', '/desk/rules/:id', ({ rule }) => `/desk/rules/${rule}`),
  at('staff', 'intan', '/desk/staff'),
  at('own log-in', 'mullai', '/desk/own'),
  at('nothing there', 'mullai', '/desk/*', () => '/desk/nowhere'),
];

test('every page of the staff is looked at below', async () => {
  const routes = (await pageRoutes(desk.house)).filter((route) => route.startsWith('/desk'));
  // The way in shows nothing: it leads to the first desk.
  expect([...new Set(pages.map(({ route }) => route)), '/desk'].sort()).toEqual(routes);
});

describe.each(pages.map((page, n) => ({ ...page, n })))('$name', ({ who, path, route, n }) => {
  test('has nothing that axe finds, in both languages, light and dark, and fits 320 px', async () => {
    const page = await open(who);
    const [bare, query = ''] = path(played).split('?');
    const faults: string[] = [];
    for (const look of looksAt(n, ['en', 'ms']))
      faults.push(...(await faultsOf(page, `${desk.url}${bare}?${query}&lang=${look.lang}`, look)));
    // Chromium names every answer of 404 an error.
    expect(faults.filter((fault) => route !== '/desk/*' || !fault.includes('404'))).toEqual([]);
    await page.context().close();
  }, 60_000);
});

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

  test('somebody logs in, takes the worst case, sees it, proposes what to do; another agrees; a third hears an appeal', async () => {
    const page = await open(null);
    await logIn(page, 'melur');
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
    await page.locator('.act', { hasText: 'waits for a second person' }).waitFor();
    await page.context().close();

    const other = await open(null);
    await logIn(other, 'kasturi');
    await reach(other, '.desks a[href="/desk/approvals"]');
    await enter(other);
    await reach(other, 'main a[href^="/desk/approvals/"]');
    await enter(other);
    await reach(other, '#outcome');
    await other.keyboard.press('Space');
    await reach(other, 'button[form="settle"]');
    await enter(other);
    await other.locator('.standing', { hasText: 'Confirmed' }).waitFor();
    await other.context().close();

    const second = await open(null);
    await logIn(second, 'seri');
    await reach(second, '.desks a[href="/desk/appeals"]');
    await enter(second);
    await reach(second, `a[href="/desk/appeals/${played.appeal}"]`);
    await enter(second);
    await reach(second, '#outcome');
    await second.keyboard.press('ArrowDown');
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
