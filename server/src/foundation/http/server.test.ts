import { connect } from 'node:net';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { openapiDocument } from './openapi.ts';
import { problems } from './problems.ts';
import { closed } from './schemas.ts';
import { openDoor, problemOf } from './testing.ts';

const thing = {
  config: { scope: 'report' as const },
  schema: { body: closed({ text: Type.String() }), response: { 200: Type.Object({ ok: Type.Boolean() }) } },
};
const yes = async () => ({ ok: true });

describe('an address', () => {
  it('that nobody knows is a problem for programs and a page for people', async () => {
    await using door = await openDoor(() => undefined);
    const refused = await problemOf(await door.ask('/v1/nothing?x=1'));
    expect(refused).toMatchObject({ status: 404, code: 'not-found', title: 'There is nothing at this address' });
    const page = await door.ask('/nothing', { headers: { accept: 'text/html', 'accept-language': 'ta' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('<html lang="ta">');
  });

  it('that is known under another method is 405 and says which', async () => {
    await using door = await openDoor((app) => app.post('/v1/things/:id', thing, yes));
    const response = await door.ask('/v1/things/7', { method: 'PUT', body: {} });
    expect(response.headers.get('allow')).toBe('POST');
    expect((await problemOf(response)).code).toBe('method-unknown');
  });

  it('in the type of every problem leads to a page that says what it means and what to do', async () => {
    await using door = await openDoor(() => undefined);
    for (const [code, { title, remedy }] of Object.entries(problems)) {
      const page = await door.ask(`/problems/${code}`);
      expect([page.status, page.headers.get('content-type')], code).toEqual([200, 'text/html; charset=utf-8']);
      const text = await page.text();
      expect(text).toContain(title);
      expect(text).toContain(remedy.split(/[`"'<>]/)[0]);
    }
    expect(await (await door.ask('/problems')).text()).toContain('href="/problems/log-refuses"');
    expect((await door.ask('/problems/none', { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  it('of the API without a scope stops the start, and so does a body that nobody described', async () => {
    await expect(openDoor((app) => app.get('/v1/x', {}, yes))).rejects.toThrow('GET /v1/x: says neither');
    await expect(openDoor((app) => app.post('/v1/x', { config: { scope: 'read' } }, yes))).rejects.toThrow('has no body schema');
  });
});

describe('a caller', () => {
  it('without a key, with a wrong one, or without the scope is told so before the body is read', async () => {
    await using door = await openDoor((app) => app.post('/v1/things', thing, yes), {
      resolveKey: async (token) => (token === 'narrow' ? { slug: 'warung', keyId: 'k', scopes: ['read'], heldBy: null } : null),
    });
    for (const authorization of ['', 'Basic eDp5', 'Bearer ', 'Bearer wrong']) {
      const response = await door.ask('/v1/things', { body: '{', headers: { authorization } });
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="perisai"');
      expect(await problemOf(response)).toMatchObject({ status: 401, code: 'unauthorised' });
    }
    expect(await problemOf(await door.ask('/v1/things', { body: '{', headers: { authorization: 'Bearer narrow' } }))).toMatchObject({
      ...{ status: 403, code: 'forbidden-scope', detail: 'This needs a key with the scope `report`.' },
    });
  });

  it('that asks too often is 429 with the seconds to wait, others are not', async () => {
    await using door = await openDoor((app) => app.post('/v1/things', thing, yes), {
      limits: { perKey: 3 },
      resolveKey: async (token) => ({ slug: 'warung', keyId: token, scopes: ['report'], heldBy: null }),
    });
    const asks = async (key: string) => {
      const response = await door.ask('/v1/things', { body: { text: '' }, headers: { authorization: `Bearer ${key}` } });
      return response.status === 200 ? 200 : [(await problemOf(response)).code, Number(response.headers.get('retry-after')) > 0];
    };
    expect([await asks('a'), await asks('a'), await asks('a'), await asks('a'), await asks('b')]).toEqual([
      200,
      200,
      200,
      ['rate-limited', true],
      200,
    ]);
  });

  it('that guesses keys is 429 after too many failures, while a right key goes on', async () => {
    await using door = await openDoor((app) => app.post('/v1/things', thing, yes), { limits: { failuresPerAddress: 2 } });
    const guess = async () => (await door.ask('/v1/things', { body: {}, headers: { authorization: 'Bearer guess' } })).status;
    expect([await guess(), await guess(), await guess()]).toEqual([401, 401, 429]);
    expect((await door.ask('/v1/things', { body: { text: '' } })).status).toBe(200);
  });

  it('of unknown addresses is counted too', async () => {
    await using door = await openDoor(() => undefined, { limits: { perAddress: 2 } });
    const status = async () => (await door.ask('/nothing')).status;
    expect([await status(), await status(), await status()]).toEqual([404, 404, 429]);
  });
});

describe('the server', () => {
  it('turns requests away while too many wait for the database, but says that it lives', async () => {
    let waiting = 200;
    await using door = await openDoor((app) => app.post('/v1/things', thing, yes), { db: { waiting: () => waiting } });
    expect((await door.ask('/v1/things', { body: { text: '' } })).status).toBe(200);
    waiting = 201;
    const response = await door.ask('/v1/things', { body: { text: '' } });
    expect(response.headers.get('retry-after')).toBe('1');
    expect((await problemOf(response)).code).toBe('unavailable');
    expect((await door.ask('/healthz')).status).toBe(200);
  });

  it('is ready when every check passes, and says which does not', async () => {
    let gate: () => Promise<string | null> = async () => null;
    await using door = await openDoor(() => undefined, { checks: { database: async () => null, gate: () => gate() } });
    expect(await (await door.ask('/readyz')).json()).toEqual({ status: 'ready', checks: { database: 'ok', gate: 'ok' } });
    gate = async () => 'the log refuses';
    const closedGate = await door.ask('/readyz');
    expect([closedGate.status, await closedGate.json()]).toEqual([
      503,
      { status: 'not ready', checks: { database: 'ok', gate: 'the log refuses' } },
    ]);
    gate = () => Promise.reject(new Error('secret address'));
    expect(await (await door.ask('/readyz')).text()).not.toContain('secret');
  });

  it('says nothing of what failed inside, and logs it', async () => {
    await using door = await openDoor((app) =>
      app.get('/v1/broken', { config: { open: true } }, async () => {
        throw new Error('inner words');
      }),
    );
    const response = await door.ask('/v1/broken');
    const refused = await problemOf(response);
    expect(refused).toMatchObject({ status: 500, code: 'internal', detail: problems.internal.title });
    expect(refused.requestId).toBe(response.headers.get('x-request-id'));
    expect(door.lines.join('')).toContain('inner words');
  });

  it('logs one line a request, without query, ids in the path, body or address', async () => {
    await using door = await openDoor((app) => app.post('/v1/things/:id', thing, yes));
    await (await door.ask('/v1/things/siti-123?q=rahsia', { body: { text: 'peribadi' } })).text();
    const lines = door.lines.filter((line) => line.includes('answered'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ route: '/v1/things/:id', method: 'POST', status: 200, service: 'warung' });
    expect(door.lines.join('')).not.toMatch(/siti|rahsia|peribadi|127\.0\.0\.1.*answered|psk_/);
  });

  it('guards every answer by its headers', async () => {
    await using door = await openDoor(
      (app) => app.get('/page', { config: { page: true } }, async (_request, reply) => reply.type('text/html').send('<p>')),
      {
        publicUrl: 'https://safety.warung.example',
      },
    );
    const page = (await door.ask('/page')).headers;
    expect(page.get('content-security-policy')).toMatch(/^default-src 'self';.*form-action 'self'; frame-ancestors 'none'$/);
    expect(page.get('referrer-policy')).toBe('same-origin');
    expect(page.get('strict-transport-security')).toContain('max-age');
    const answer = (await door.ask('/v1/none')).headers;
    expect(answer.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect([answer.get('x-content-type-options'), answer.get('cache-control'), answer.get('x-powered-by')]).toEqual([
      'nosniff',
      'no-store',
      null,
    ]);
  });

  it('serves assets with an entity tag', async () => {
    await using door = await openDoor(() => undefined, {
      assets: [{ path: '/assets/a.1.css', type: 'text/css', body: Buffer.from('p{}'), immutable: true }],
    });
    const first = await door.ask('/assets/a.1.css');
    expect([await first.text(), first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
      'p{}',
      'text/css',
      'public, max-age=31536000, immutable',
    ]);
    expect((await door.ask('/assets/a.1.css', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })).status).toBe(304);
  });

  it('answers broken HTTP without falling over', async () => {
    await using door = await openDoor(() => undefined);
    const answer = await rawly(door.url, 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect((await door.ask('/healthz')).status).toBe(200);
  });
});

describe('a graceful stop', () => {
  it('finishes what runs, takes nothing more, then closes the pools', async () => {
    const order: string[] = [];
    const running = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const door = await openDoor(
      (app) =>
        app.get('/v1/slow', { config: { open: true } }, async () => {
          running.resolve();
          await release.promise;
          order.push('answered');
          return { ok: true };
        }),
      { closed: async () => void order.push('pools closed') },
    );
    const slow = door.ask('/v1/slow');
    await running.promise;
    const stopped = door.app.close();
    await expect(refusedAtLast(door.url)).resolves.toBe(true);
    release.resolve();
    expect((await slow).status).toBe(200);
    await stopped;
    expect(order).toEqual(['answered', 'pools closed']);
  });

  it('cuts what takes longer than the grace', async () => {
    const running = Promise.withResolvers<void>();
    const never = Promise.withResolvers<void>();
    const door = await openDoor(
      (app) =>
        app.get('/v1/stuck', { config: { open: true } }, async () => {
          running.resolve();
          await never.promise;
          return {};
        }),
      { graceMs: 20 },
    );
    const stuck = door.ask('/v1/stuck');
    await running.promise;
    await Promise.all([expect(stuck).rejects.toThrow(), door.app.close()]);
    never.resolve();
  });
});

describe('/openapi.json', () => {
  it('describes every route but pages: scope, key, schema, refusals', async () => {
    await using door = await openDoor((app) => {
      app.post('/v1/things/:id', { ...thing, config: { scope: 'report', problems: ['report-unknown'] } }, yes);
      app.get('/page', { config: { page: true } }, async () => '');
    });
    const document = (await (await door.ask('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { security: unknown; responses: Record<string, { description: string }> }>>;
    };
    expect(document).toEqual(JSON.parse(JSON.stringify(openapiDocument(door.app))));
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(['/healthz', '/readyz', '/v1/things/{id}']);
    const post = document.paths['/v1/things/{id}']?.['post'];
    expect(post?.security).toEqual([{ serviceKey: ['report'] }]);
    expect(Object.keys(post?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '413', '415', '429', '500', '503']);
    expect(post?.responses['404']?.description).toBe('`report-unknown`: There is no such report.');
  });
});

/** What the server answers to these bytes. */
function rawly(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** Tries until a new connection is refused; the test's own time-out ends it otherwise. */
async function refusedAtLast(url: string): Promise<boolean> {
  for (;;) {
    try {
      await rawly(url, 'GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    } catch {
      return true;
    }
  }
}
