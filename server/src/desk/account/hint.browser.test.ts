import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, openBrowser } from '../../../test/browser.ts';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { endAccount, knownBy } from '../../../test/ended.ts';
import { play } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as subjects from '../../subjects/index.ts';

let desk: TestDesk;
let awan: Visitor;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk({ seed: 'hint browser' });
  awan = await desk.logIn('awan');
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

async function sound(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
}

test('who may have come back is read, and found to be somebody else, by keyboard alone, at 320 px, in Malay', async () => {
  const { house } = desk;
  const { ours } = play(house);
  const staff = {
    first: await enrolled(house, 'moderator'),
    second: await enrolled(house, 'senior-moderator'),
    third: await enrolled(house, 'senior-moderator'),
  };
  await knownBy(house, 'satu', ['phone', 'nombor']);
  await knownBy(house, 'dua', ['phone', 'nombor'], ['network', 'rumah']);
  await endAccount(house, 'satu', staff);
  await endAccount(house, 'dua', staff);
  await knownBy(house, 'tiga', ['phone', 'nombor'], ['network', 'rumah']);
  await house.settle();
  const links = () => house.db.begin('doors', (tx) => subjects.linksOf(tx, ours('tiga')));
  const [{ case: of }] = (await links()) as [subjects.Link];

  const context = await browser.newContext({ viewport: { width: 320, height: 700 }, reducedMotion: 'reduce' });
  await context.addCookies([...awan.cookies].map(([name, value]) => ({ name, value, url: desk.url })));
  const page = await context.newPage();
  await page.goto(`${desk.url}/desk/accounts/${ours('tiga')}?lang=ms`);
  await sound(page);
  await page.goto(`${desk.url}/desk/cases/${of}?lang=ms`);
  await sound(page);
  if (process.env['PERISAI_PICTURES']) await page.screenshot({ path: `${process.env['PERISAI_PICTURES']}/returning.png`, fullPage: true });
  const said = await page.textContent('main');
  for (const words of ['kerana menyerupai akaun yang ditamatkan', 'Sama: telefon', 'Keyakinan sederhana', 'Yang menyangkalnya:'])
    expect(said).toContain(words);

  // Of two ended accounts, which one is meant is asked; the second is chosen with the arrow keys.
  await page.locator('summary', { hasText: 'Ini orang lain' }).press('Enter');
  await page.locator('input[name="ended"]:checked').press('ArrowDown');
  const chosen = await page.locator('input[name="ended"]:checked').inputValue();
  await page.locator('#why').fill('Jirannya, dengan telefon terpakai.');
  await sound(page);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Ini orang lain' }).press('Enter')]);
  expect(new URL(page.url()).pathname).toBe(`/desk/cases/${of}`);
  await sound(page);
  expect((await links()).filter(({ state }) => state === 'undone').map(({ ended }) => ended)).toEqual([chosen]);
  expect(await page.textContent('main')).toContain('Didapati orang lain');
  await context.close();
});
