import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, openBrowser } from '../../../test/browser.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
let browser: Browser;
let [awan, seri]: Visitor[] = [];
beforeAll(async () => {
  desk = await openDesk({ seed: 'bundle browser' });
  [awan, seri] = [await desk.logIn('awan'), await desk.logIn('seri')];
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

/** The pages as somebody sees them on a narrow screen. */
async function narrow(visitor: Visitor | undefined): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 }, reducedMotion: 'reduce' });
  await context.addCookies([...(visitor as Visitor).cookies].map(([name, value]) => ({ name, value, url: desk.url })));
  return context.newPage();
}

async function sound(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
}

test('on a narrow screen a bundle is gathered, what would follow for each author is read, one of them spared, and a second person confirms it', async () => {
  const opened: string[] = [];
  for (const [n, author] of ['ali', 'ali', 'bala'].entries()) {
    const item = post(`t${n}`, { author, text: 'Sertai kumpulan kami malam ini di https://kumpulan.example/sertai segera.' });
    opened.push((await play(desk.house).report(item, { harm: 'violence-terrorism', by: `r${n}` })).case);
  }
  const [lead = ''] = opened;
  await (awan as Visitor).post(`/desk/cases/${lead}/claim`);
  const page = await narrow(awan);
  await page.goto(`${desk.url}/desk/cases/${lead}/bundle`);
  await sound(page);
  for (const box of await page.locator('form[action$="/gather"] input[name=case]').all()) await box.check();
  await page.locator('form[action$="/gather"] button').click();
  await sound(page);

  await page.locator('input[name=clause][value="terrorism.funding"]').check();
  await page.locator('input[name=determination][value=remove]').check();
  await page.locator('button[formaction$="/preview"]').click();
  await sound(page);
  const rows = page.locator('section.follows tbody tr');
  expect(await rows.count()).toBe(2);
  expect(await rows.first().textContent()).toContain('ali-handle');
  await rows.nth(1).locator('select').selectOption({ index: 1 });
  if (process.env['PERISAI_PICTURES']) await page.screenshot({ path: `${process.env['PERISAI_PICTURES']}/bundle.png`, fullPage: true });
  await page.locator('#reason').fill('Satu kempen yang sama.');
  const decide = page.locator('#decide-bundle button:not([formaction])').last();
  await decide.click();
  // Less for one of them is asked about, with all that was chosen kept.
  await sound(page);
  expect(await page.locator('section.follows tbody tr').nth(1).locator('select').inputValue()).toContain('nothing');
  await page.locator('#lessened').fill('Akaunnya digodam.');
  await decide.click();
  expect(page.url()).toBe(`${desk.url}/desk/cases/${lead}`);

  const second = await narrow(seri);
  await second.goto(`${desk.url}/desk/approvals`);
  await second.locator('a[href^="/desk/approvals/"]').first().click();
  await second.locator('form[action$="/reveal"] button').click();
  await sound(second);
  expect(await second.locator('body').textContent()).toMatch(/3 (cases as one|kes sebagai satu)/);
  await second.locator('input[name=outcome][value=confirmed]').check();
  await second.locator('button[form=settle]').click();
  await sound(second);
  const account = async (id: string) => (await look(desk.house).decisions(id)).filter(({ targetKind }) => targetKind === 'account');
  expect([(await account(opened[0] as string)).length, (await account(opened[2] as string)).length]).toEqual([1, 0]);
});
