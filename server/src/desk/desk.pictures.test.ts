import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../test/browser.ts';
import { openDesk, type TestDesk, type Visitor } from '../../test/desk.ts';
import { type Morning, morning, playMorning } from '../../test/morning.ts';

// `npm run pictures`: the pictures of the documentation. The machine needs fonts for Tamil and Chinese.
const folder = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));
const most = 150 * 1024;

let desk: TestDesk;
let played: Morning;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk({ start: morning.start });
  played = await playMorning(desk.house, desk.staff);
  browser = await openBrowser();
  await mkdir(folder, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await desk.close();
});

const sessions = new Map<string, Pick<Visitor, 'cookies'>>();
const wide = { width: 1440, height: 900 };
const tall = { width: 1440, height: 1320 };
const narrow = { width: 320, height: 800 };

const pictures: readonly {
  readonly name: string;
  readonly who: string | null;
  readonly path: (played: Morning) => string;
  readonly lang?: 'ms' | 'en';
  readonly options?: BrowserContextOptions;
}[] = [
  { name: 'log-in', who: null, path: () => '/desk/log-in' },
  { name: 'queue', who: 'awan', path: () => '/desk/queue' },
  { name: 'queue-dark', who: 'awan', path: () => '/desk/queue', options: { colorScheme: 'dark' } },
  { name: 'queue-320', who: 'awan', path: () => '/desk/queue', lang: 'ms', options: { viewport: narrow } },
  { name: 'case', who: 'awan', path: ({ bullying }) => `/desk/cases/${bullying}`, options: { viewport: tall } },
  { name: 'case-guarded', who: 'awan', path: ({ guarded }) => `/desk/cases/${guarded}`, lang: 'ms' },
  { name: 'case-decided', who: 'mullai', path: ({ appealed }) => `/desk/cases/${appealed}`, lang: 'ms', options: { viewport: tall } },
  { name: 'case-320', who: 'awan', path: ({ bullying }) => `/desk/cases/${bullying}`, options: { viewport: { width: 320, height: 1400 } } },
  { name: 'not-enforced', who: 'awan', path: () => '/desk/enforcement' },
  { name: 'clocks', who: 'awan', path: () => '/desk/clocks', lang: 'ms' },
  { name: 'appeal', who: 'mullai', path: ({ appeal }) => `/desk/appeals/${appeal}`, options: { viewport: tall } },
  { name: 'staff', who: 'intan', path: () => '/desk/staff' },
];

test.each(pictures)('$name', async ({ name, who, path, lang = 'en', options }) => {
  const context = await browser.newContext({ viewport: wide, colorScheme: 'light', reducedMotion: 'reduce', ...options });
  if (who !== null) {
    const { cookies } = sessions.get(who) ?? (await desk.logIn(who));
    sessions.set(who, { cookies });
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: desk.url })));
    desk.house.clock.set(morning.end);
  }
  const page = await context.newPage();
  await page.goto(`${desk.url}${path(played)}?lang=${lang}`);
  const picture = sharp(await page.screenshot()).png({ palette: true, compressionLevel: 9, effort: 10 });
  const { size } = await picture.toFile(`${folder}${name}.png`);
  expect(size).toBeLessThan(most);
  await context.close();
});
