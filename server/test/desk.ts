import { once } from 'node:events';
import { createServer } from 'node:net';
import { openDoors } from '../src/doors.ts';
import { usualLimits } from '../src/foundation/http/limits.ts';
import { type Seed, type Seeded, seedPeople, seedStaff } from '../src/procedure/staff/seed.ts';
import { totpCode } from '../src/staff/index.ts';
import { type TestHouse, testHouse } from './house.ts';

export interface TestDesk {
  readonly house: TestHouse;
  readonly url: string;
  /** Who can log in, by their log-in name. */
  readonly staff: Readonly<Record<string, Seeded>>;
  /** Somebody at a browser, not logged in. */
  visitor(): Visitor;
  /** Somebody who is logged in. Each log-in takes half a minute, since a code works once. */
  logIn(login: string): Promise<Visitor>;
  close(): Promise<void>;
}

/** A browser without a script or a picture: it keeps cookies, follows nothing, and fills in forms. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The page at a path, as text; fails the test where it isn't 200. */
  page(path: string): Promise<string>;
  /** Sends a form as its page would: with the page's own token, from our origin. */
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>, headers?: Record<string, string>): Promise<Response>;
}

/** The doors of a house on a port of 127.0.0.1, with staff who can log in. */
export async function openDesk({
  seed = 'desk',
  start,
  people = seedPeople,
  undoSeconds = 0,
  bulkAbove = 100,
}: {
  seed?: string;
  undoSeconds?: number;
  bulkAbove?: number;
  start?: string;
  people?: readonly Seed[];
} = {}): Promise<TestDesk> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const house = { ...(await testHouse({ seed, undoSeconds, bulkAbove, ...(start ? { start } : {}) })), publicUrl: url };
  const seeded = await seedStaff(house, people);
  const doors = await openDoors(house, { limits: { ...usualLimits, perAddress: 100_000 } });
  await doors.listen({ host: '127.0.0.1', port });
  const staff = Object.fromEntries(seeded.map((one) => [one.login, one]));
  const desk = {
    house,
    url,
    staff,
    visitor: () => visitor(url),
    async logIn(login: string) {
      house.clock.advance(30_000);
      const { password, totpSecret } = staff[login] as Seeded;
      const somebody = visitor(url);
      const answer = await somebody.post('/desk/log-in', { login, password, code: totpCode(totpSecret, house.clock.now()) });
      if (answer.status !== 303) throw new Error(`${login} could not log in: ${answer.status}`);
      return somebody;
    },
    async close() {
      await doors.close();
      await house.close();
    },
  };
  return desk;
}

function visitor(url: string): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url + path, {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', 'accept-language': 'en', ...(cookie === '' ? {} : { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const me: Visitor = {
    cookies,
    get: (path, headers) => ask(path, headers ? { headers } : {}),
    async page(path) {
      const response = await ask(path);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path} answers ${response.status}: ${text}`);
      return text;
    },
    async post(path, fields = {}, headers = {}) {
      // Every page of this person carries a token of theirs; the log-in page is the one that needs no session.
      const from = await (await ask(path.startsWith('/desk/log-in') ? path : '/desk/any')).text();
      const csrf = /name="csrf" value="([^"]+)"/.exec(from)?.[1] ?? '';
      const body = new URLSearchParams({ csrf });
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one as string);
      return ask(path, {
        method: 'POST',
        body: body.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url, ...headers },
      });
    },
  };
  return me;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
