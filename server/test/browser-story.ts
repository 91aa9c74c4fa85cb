import { setTimeout as wait } from 'node:timers/promises';
import { warungClient } from '@perisai/warung/client';
import type { Browser, Page } from 'playwright-core';
import type { Stage } from '../src/cli/stage.ts';
import type { Seeded } from '../src/procedure/staff/seed.ts';
import { totpCode } from '../src/staff/index.ts';

/** Called where somebody sees what is worth a picture. */
export type Look = (page: Page, name: string) => Promise<void>;

/**
 * The loop of `perisai story` as people live it: each in a browser of their own, through Warung's pages and the staff pages, without a
 * script on any of them. Only the accounts are made beforehand.
 */
export async function playInBrowser(stage: Stage, browser: Browser, look: Look = async () => undefined): Promise<void> {
  const warung = warungClient(stage.warung);
  await warung.join({ handle: 'badrul', name: 'Badrul', language: 'ms' });
  await warung.join({ handle: 'aminah', name: 'Aminah', language: 'ms' });
  await warung.join({ handle: 'ravi', name: 'Ravi', language: 'ta' });
  const people = await cast(stage, browser);
  await scam(people, look);
  await reported(people, look);
  for (const page of Object.values(people)) await page.context().close();
}

type People = Record<'badrul' | 'aminah' | 'ravi' | 'seri' | 'mullai', Page>;

async function cast(stage: Stage, browser: Browser): Promise<People> {
  const fresh = async (baseURL: string) =>
    (await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 1280, height: 900 } })).newPage();
  const guest = async (handle: string) => {
    const page = await fresh(stage.warung);
    await page.goto('/enter');
    await page.locator('#account').selectOption(handle);
    await page.locator('form[action="/enter"] button').click();
    return page;
  };
  const staff = async (login: string) => {
    const page = await fresh(stage.perisai.url);
    const { password, totpSecret } = stage.staff.find((one) => one.login === login) as Seeded;
    await page.goto('/desk/log-in?lang=en');
    await page.locator('#login').fill(login);
    await page.locator('#password').fill(password);
    await page.locator('#code').fill(totpCode(totpSecret, stage.perisai.house.clock.now()));
    await page.locator('main form button').click();
    await page.waitForURL('**/desk/queue*');
    return page;
  };
  return {
    badrul: await guest('badrul'),
    aminah: await guest('aminah'),
    ravi: await guest('ravi'),
    seri: await staff('seri'),
    mullai: await staff('mullai'),
  };
}

/** (a) A scam is kept back before anybody sees it, decided, removed, and its author is told. */
async function scam({ badrul, aminah, seri }: People, look: Look): Promise<void> {
  await write(
    badrul,
    'TAHNIAH! Anda menang RM10,000. Bayar RM50 untuk proses dan tuntut hadiah anda di https://tebus-hadiah.example/tuntut',
  );
  await shows(badrul, '.fate.hidden');
  await look(badrul, 'warung-withheld');
  await aminah.goto('/');
  if ((await aminah.locator('main').innerText()).includes('tebus-hadiah')) throw new Error('others see a scam that was withheld');

  await takeWorst(seri);
  await decide(seri, 'remove', 'scam.prize', 'Hantaran ini menjanjikan hadiah palsu dan meminta bayaran di muka.');
  await shows(badrul, '.fate.removed');
  await badrul.goto('/inbox');
  await shows(badrul, '.notice:has-text("menjanjikan hadiah palsu")');
  await look(badrul, 'warung-inbox');
}

/** (b) A post is reported, hidden, removed, and restored on appeal by another person. */
async function reported({ aminah, ravi, seri, mullai }: People, look: Look): Promise<void> {
  await write(aminah, 'Jiran saya itu kepala batu betul, susah nak bawa berbincang.');
  const post = new URL(aminah.url()).pathname;
  await ravi.goto(`${post}/report`);
  await ravi.locator('#harm-bullying-hate').check();
  await ravi.locator('#text').fill('இந்தப் பதிவு ஒருவரைப் புண்படுத்துகிறது.');
  await look(ravi, 'warung-report');
  await ravi.locator('form[action$="/report"] button').click();
  await ravi.waitForURL('**/reports/*');

  await takeWorst(seri);
  const at = seri.url();
  await seri.locator('#hide-clause').selectOption('bullying.harassment');
  await seri.locator('form:has(#hide-clause) button').click();
  await shows(aminah, '.fate.hidden');
  await seri.goto(at);
  await decide(seri, 'remove', 'bullying.harassment', 'Hantaran ini menghina seseorang yang boleh dikenali.');
  await shows(aminah, '.fate.removed');
  await ravi.goto('/inbox');
  await shows(ravi, '.notice:has-text("நீக்க")');

  await aminah.goto('/inbox');
  // Her account is warned, too, with a letter and an appeal of its own: this one is about the post.
  const appealing = '.notice:has-text("menghina seseorang") a.go[aria-label*="telah dibuang"]';
  await shows(aminah, appealing);
  await aminah.locator(appealing).click();
  await aminah.locator('#text').fill('Saya hanya meluah perasaan, tiada nama disebut.');
  await aminah.locator('form[action$="/appeal"] button').click();

  await mullai.goto('/desk/appeals');
  const waiting = 'main a[href^="/desk/appeals/"]';
  await shows(mullai, waiting);
  const appeal = (await mullai.locator(waiting).first().getAttribute('href')) as string;
  // Whoever decided first finds no form: another person must look.
  await seri.goto(appeal);
  if ((await seri.locator('form#decide').count()) > 0) throw new Error('who decided first could decide the appeal');
  await mullai.goto(appeal);
  await mullai.locator('input[name="outcome"][value="overturned"]').check();
  await mullai.locator('input[name="determination"][value="none"]').check();
  await mullai.locator('#reason').fill('Tiada sesiapa yang boleh dikenali; ini luahan biasa.');
  await mullai.locator('button[form="decide"]').click();
  await aminah.goto(post);
  await shows(aminah, 'article.post:not(:has(.fate))');
  await aminah.goto('/inbox');
  await shows(aminah, '.notice:has-text("luahan biasa")');
  await aminah.goto(post);
  await look(aminah, 'warung-restored');
}

async function write(page: Page, text: string): Promise<void> {
  await page.goto('/');
  await page.locator('#text').fill(text);
  await page.locator('form.write button').click();
  await page.waitForURL('**/posts/*');
}

async function takeWorst(page: Page): Promise<void> {
  await until(page, 'a case to take', async () => {
    await page.goto('/desk/queue?lang=en');
    await page.locator('form[action$="/desk/queue/next"] button, .act button').first().click();
    return /\/desk\/cases\/[0-9a-f-]{36}/.test(page.url());
  });
}

async function decide(page: Page, determination: string, clause: string, reason: string): Promise<void> {
  await page.locator(`input[name="determination"][value="${determination}"]`).check();
  await page.locator(`input[name="clause"][value="${clause}"]`).check();
  await page.locator('#reason').fill(reason);
  await page.locator('button[form="decide"]').click();
}

/** Loads the page again until it shows that. */
async function shows(page: Page, selector: string): Promise<void> {
  const address = page.url();
  await until(page, selector, async () => {
    await page.goto(address);
    return (await page.locator(selector).count()) > 0;
  });
}

async function until(page: Page, what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await holds()); await wait(100)) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what} on ${page.url()}:\n${await page.locator('main').innerText()}`);
  }
}
