import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warungClient } from '../src/client.ts';
import { seedDay } from '../src/seed.ts';
import type { House } from './house.ts';
import { openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

/** A client that takes everything and does nothing: only the order is of interest. */
const bystander = {
  ...warungClient('http://warung.example'),
  accounts: async () => [],
  join: async () => ({ id: '', handle: '', name: '', language: 'ms' as const, minor: false, abroad: false, standing: 'active' as const }),
  write: async () => ({ id: '', state: 'visible' as const, revision: 1, text: null, label: null, statement: null }),
  say: async () => ({ id: '', state: 'visible' as const, revision: 2, text: null, label: null, statement: null }),
  finish: async () => ({ id: '', state: 'visible' as const, revision: 2, text: null, label: null, statement: null }),
  enterGroup: async () => undefined,
  search: async () => ({ posts: [], suggestions: [], recommended: [], ads: [] }),
  report: async () => ({ id: '', report: null, state: 'received', status_url: null, contact_code: null, pin: null }),
};

describe('the seeded day', () => {
  it('has people, talk and at least thirty reports in four languages, is told step by step, and is played once', async () => {
    const told: string[] = [];
    const day = await seedDay(house.client, { progress: (done, of, what) => void told.push(`${done}/${of} ${what}`) });
    expect(day).toMatchObject({ people: 17, reports: 46, missed: 0, messages: 7, groups: 2, lives: 2, ads: 2 });
    expect((day?.posts ?? 0) + (day?.comments ?? 0)).toBeGreaterThanOrEqual(40);
    expect(Math.min(...Object.values(day?.reportsByLanguage ?? { none: 0 }))).toBeGreaterThanOrEqual(6);
    expect(told[0]).toMatch(/^1\/\d+ Mak Jah sits down$/);
    expect(told.at(-1)).toMatch(/^(\d+)\/\1 /);
    expect(house.perisai.heard.reports).toHaveLength(46);
    expect(new Set(house.perisai.heard.reports.map((each) => each['language']))).toEqual(new Set(['ms', 'en', 'zh', 'ta']));
    expect(new Set(house.perisai.heard.screens.map((each) => (each['item'] as { surface: string }).surface))).toEqual(
      new Set(['public-feed', 'group', 'live', 'ads', 'search']),
    );
    // The six that people report; the seventh is the drill's file, which screening finds by its hash.
    expect(new Set(house.perisai.heard.reports.map((each) => each['harm'])).size).toBe(6);
    expect(house.perisai.heard.screens.filter((each) => 'media' in (each['item'] as object))).toHaveLength(1);
    expect(house.perisai.heard.reports.some((each) => 'contact' in (each['reporter'] as object))).toBe(true);

    expect(await seedDay(house.client)).toBeNull();
    expect(house.perisai.heard.reports).toHaveLength(46);
  });

  it('is the same day again with the same seed, and another with another', async () => {
    const days = await Promise.all(
      [3, 3, 4].map(async (seed) => {
        const told: string[] = [];
        await seedDay(bystander, { seed, progress: (_done, _of, what) => void told.push(what) });
        return told.join('\n');
      }),
    );
    expect(days[0]).toBe(days[1]);
    expect(days[0]).not.toBe(days[2]);
  });

  it('leads only to made-up places', async () => {
    const texts = JSON.stringify(house.perisai.heard);
    const hosts = [...texts.matchAll(/https?:\/\/([^/"\s]+)/g)].map((match) => match[1]);
    expect(hosts.filter((host) => !host?.endsWith('.example') && !host?.startsWith('127.0.0.1'))).toEqual([]);
  });
});
