import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import type { Page } from 'playwright-core';
import { openDoors } from '../src/doors.ts';
import type { House } from '../src/procedure/house.ts';
import { axe } from './browser.ts';

/** The routes of every page that somebody can open, as the doors have them: a page that no test looks at is found by this list. */
export async function pageRoutes(house: House): Promise<readonly string[]> {
  const found = new Set<string>();
  const listen = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url, config }) => {
      if (config?.page && [method].flat().includes('GET')) found.add(url);
    });
  };
  // Fastify tells of a server before it has a route.
  diagnostics.subscribe('fastify.initialization', listen);
  try {
    const app = await openDoors(house);
    await app.ready();
    await app.close();
  } finally {
    diagnostics.unsubscribe('fastify.initialization', listen);
  }
  return [...found].sort();
}

/** How one look at a page is taken: in which language, how bright, and whether axe reads all of it or its colours alone. */
export interface Look {
  readonly lang: string;
  readonly colorScheme: 'light' | 'dark';
  readonly axe: 'all' | 'colours' | 'no';
}

/**
 * Looks at each page as often as there are languages. Every language and both schemes come to every page; to each pair of language and
 * scheme come some pages. axe reads a page whole once and its colours once more in the other scheme: nothing else depends on it.
 */
export function looksAt(n: number, languages: readonly string[]): readonly Look[] {
  return languages.map((_, k) => ({
    lang: languages[(k + n) % languages.length] as string,
    colorScheme: (k + Math.floor(n / languages.length)) % 2 === 0 ? 'light' : 'dark',
    axe: k === 0 ? 'all' : k === 1 ? 'colours' : 'no',
  }));
}

/**
 * What is wrong with the page at that address: what axe finds and the browser complains of, and at 320 px what scrolls sideways or is too low
 * to press. @param open opens it, where an address is not enough
 */
export async function faultsOf(
  page: Page,
  address: string,
  look: Look,
  open: (address: string) => Promise<unknown> = (at) => page.goto(at),
): Promise<readonly string[]> {
  const complaints: string[] = [];
  const hear = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') complaints.push(message.text());
  };
  page.on('console', hear);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
  await open(address);
  page.off('console', hear);
  const found = look.axe === 'no' ? [] : await axe(page, look.axe === 'colours' ? ['color-contrast'] : undefined);
  await page.setViewportSize({ width: 320, height: 700 });
  const [width, small] = (await page.evaluate(`[document.documentElement.scrollWidth,
    [...document.querySelectorAll('a, button, input, select, textarea, summary')]
      .filter((e) => !e.matches('.skip, [type=hidden]') && e.checkVisibility() && e.getBoundingClientRect().height < 24)
      .map((e) => e.outerHTML.slice(0, 80))]`)) as [number, string[]];
  const faults = [
    ...complaints,
    ...found,
    ...(width > 320 ? [`${width} px wide at 320 px`] : []),
    ...small.map((what) => `less than 24 px high: ${what}`),
  ];
  // One fault that stands in every row of a table is told in a few lines.
  return faults.slice(0, 6).map((fault) => `${look.lang}, ${look.colorScheme}: ${fault}`);
}
