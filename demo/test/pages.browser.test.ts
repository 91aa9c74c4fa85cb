import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, openBrowser } from '../../server/test/browser.ts';
import type { House } from './house.ts';
import { openHouse } from './house.ts';

let house: House;
let browser: Browser;
/** Posts of aminah's, one a state. */
const posts: Record<string, string> = {};
let notice = '';
beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
  const { client, perisai } = house;
  for (const state of ['visible', 'labelled', 'removed'])
    posts[state] = (await client.write('aminah', { text: `Cerita pagi: ${state}` })).id;
  posts['hidden'] = (await client.write('aminah', { text: 'Tuntut hadiah di https://hadiah.example/a' })).id;
  await client.write('kavitha', { text: 'நல்ல காலை வணக்கம்', parent: posts['visible'] ?? '' });
  await client.write('ravi', { text: 'Tea at four?', to: 'aminah' });
  await perisai.act(posts['labelled'] ?? '', 'label', { label: 'misleading' });
  const removed = await perisai.act(posts['removed'] ?? '', 'remove');
  const aminah = (await client.accounts()).find((each) => each.handle === 'aminah');
  await perisai.send('notice.issued', {
    notice: randomUUID(),
    to: { account: aminah?.id },
    role: 'author',
    language: 'ms',
    title: 'Hantaran anda dibuang',
    body: 'Kami membuang hantaran anda.\n\nAnda boleh merayu dalam 30 hari.',
    statement_url: `${perisai.url}/statement/1`,
    appeal_url: `${perisai.url}/appeal/1`,
    inquiry_url: `${perisai.url}/inquiry/1`,
    about: { decision: removed.action?.decision },
  });
  notice = (await client.inbox('aminah'))[0]?.id ?? '';
  posts['group'] = (await client.write('aminah', { text: 'Kelab kuih', as: 'group' })).id;
  await client.write('aminah', { text: 'Kuih lapis petang ini', group: posts['group'], attachment: 'cup' });
  posts['live'] = (await client.write('aminah', { text: 'Masak bersama', as: 'live' })).id;
  await client.write('ravi', { text: 'Loceng basikal', as: 'ad', link: 'https://loceng.example/beli', attachment: 'drill-csam' });
  await client.search('ravi', 'kuih');
  await client.search('mei', 'kuih');
  await client.report('aminah', (await client.write('ravi', { text: 'Easy money, ask me' })).id, {
    harm: 'scam',
    text: 'Tipu',
    language: 'ms',
  });
  perisai.mood = (request) => (request.url.startsWith('/v1/screen') ? 'down' : 'answer');
  posts['pending'] = (await client.write('aminah', { text: 'Cerita pagi: pending' })).id;
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

/** A person's own browser, without scripts: Warung needs none. */
async function visitor(
  handle: string | null,
  options: { colorScheme?: 'light' | 'dark'; width?: number; script?: boolean } = {},
): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({
    javaScriptEnabled: options.script ?? false,
    colorScheme: options.colorScheme ?? 'light',
    viewport: { width: options.width ?? 1000, height: 800 },
    baseURL: house.warung.url,
    locale: 'en',
  });
  const page = await context.newPage();
  if (handle !== null) {
    await page.goto('/enter');
    await page.locator('#account').selectOption(handle);
    await page.locator('form[action="/enter"] button').click();
  }
  return [context, page];
}

const everywhere = (): string[] => [
  '/',
  `/posts/${posts['visible']}`,
  `/posts/${posts['visible']}/edit`,
  `/posts/${posts['visible']}/delete`,
  '/inbox',
  `/inbox/${notice}/appeal`,
  '/reports',
  '/messages',
  '/messages/ravi',
  '/people',
  '/people/ravi',
  '/groups',
  `/groups/${posts['group']}`,
  '/live',
  `/posts/${posts['live']}`,
  '/ads',
  '/search?q=kuih',
  '/enter',
  '/lapor',
  '/nowhere',
];

describe('Warung’s pages', () => {
  it('are accessible in four languages, light and dark, and fit into 320 px', async () => {
    for (const [language, colorScheme] of [
      ['ms', 'light'],
      ['en', 'dark'],
      ['zh', 'light'],
      ['ta', 'dark'],
    ] as const) {
      const [context, page] = await visitor('aminah', { colorScheme, width: 320, script: true });
      for (const path of everywhere()) {
        await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
        // The markup is the same in every language: axe looks at it once light and once dark, which takes most of the time.
        if (language === 'ms' || language === 'ta') expect(await axe(page), `${path} ${language} ${colorScheme}`).toEqual([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth'), `${path} ${language}`).toBeLessThanOrEqual(320);
        expect((await page.locator('html').getAttribute('lang'))?.slice(0, 2)).toBe(language);
      }
      await context.close();
    }
  }, 180_000);

  it('tell an author what happened to each post, and show others only what may be seen', async () => {
    const [mine, page] = await visitor('aminah');
    const text = await page.locator('main').innerText();
    for (const told of ['Sedang disemak sebelum disiarkan', 'Disembunyikan sementara', 'telah dibuang', 'Label: mungkin mengelirukan']) {
      expect(text).toContain(told);
    }
    expect(await page.getByRole('link', { name: 'Lihat sebabnya dan apa yang anda boleh buat' }).first().getAttribute('href')).toContain(
      '/statement/',
    );
    await mine.close();

    const [others, seen] = await visitor('ravi');
    const theirs = await seen.locator('main').innerText();
    expect(theirs).toContain('Cerita pagi: visible');
    expect(theirs).toContain('Label: may mislead');
    for (const hidden of ['Cerita pagi: pending', 'Cerita pagi: removed', 'hadiah']) expect(theirs).not.toContain(hidden);
    const answer = await seen.goto(`/posts/${posts['removed']}`);
    expect(answer?.status()).toBe(404);
    await others.close();
  });

  it('take a post, a comment, a report and an appeal without any script', async () => {
    house.perisai.mood = () => 'answer';
    const [context, page] = await visitor('kavitha');
    await page.locator('#text').fill('இன்று <b>மழை</b>');
    await page.locator('form.write button').click();
    expect(await page.locator('article .text').first().innerText()).toBe('இன்று <b>மழை</b>');
    await page.goto(`/posts/${posts['visible']}/report`);
    await page.locator('form[action$="/report"] button').click();
    expect(page.url()).toContain('/report');
    await page.getByLabel('பண மோசடி அல்லது போலி இணைப்பு').check();
    await page.locator('#text').fill('இது மோசடி');
    await page.locator('form[action$="/report"] button').click();
    expect(page.url()).toMatch(/\/reports\//);
    expect(await page.locator('main').innerText()).toMatch(/TEST-\d{4}[\s\S]*\d{6}/);
    await context.close();

    const [second, appeal] = await visitor('aminah');
    await appeal.goto('/inbox');
    await appeal.getByRole('link', { name: 'Buat rayuan' }).click();
    await appeal.locator('#text').fill('Itu hanya cerita pagi');
    await appeal.locator('form[action$="/appeal"] button').click();
    expect(await appeal.getByRole('status').innerText()).toContain('Rayuan anda telah dihantar');
    await second.close();
  });

  it('let somebody without an account report, and keep what was typed when something is missing', async () => {
    const [context, page] = await visitor(null);
    await page.goto(`/lapor?post=${posts['visible']}&lang=zh`);
    await page.locator('#email').fill('saya@contoh.example');
    await page.locator('#harm-scam').check();
    await page.locator('#for_child').selectOption('parent');
    await page.locator('#post').fill('https://elsewhere.example/');
    await page.locator('form[action="/lapor"] button').click();
    expect(await page.getByRole('alert').innerText()).toContain('We can’t find that post');
    expect(await page.locator('#email').inputValue()).toBe('saya@contoh.example');
    await page.locator('#post').fill(`${house.warung.url}/posts/${posts['visible']}`);
    await page.locator('form[action="/lapor"] button').click();
    expect(await page.locator('main').innerText()).toMatch(/TEST-\d{4}/);
    expect(house.perisai.heard.reports.at(-1)).toMatchObject({
      reporter: { contact: { email: 'saya@contoh.example', language: 'zh' }, for_child: { relation: 'parent' } },
      attested: 'platform',
    });
    await context.close();
  });

  it('refuse a form that another site sends', async () => {
    const answer = await fetch(`${house.warung.url}/leave`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.status).toBe(403);
  });
});
