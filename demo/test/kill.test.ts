import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FreshDatabase } from '../../server/test/database.ts';
import { freshDatabase } from '../../server/test/database.ts';
import { warungClient } from '../src/client.ts';
import type { FakePerisai } from './fake-perisai.ts';
import { startFakePerisai } from './fake-perisai.ts';

let database: FreshDatabase;
let perisai: FakePerisai;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await freshDatabase({ empty: true });
  perisai = await startFakePerisai();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await perisai.stop();
  await database.drop();
});

/** Warung as its own process, when it is ready. */
async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--conditions=perisai-source', fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: {
      PATH: process.env['PATH'],
      WARUNG_PORT: '0',
      WARUNG_DATABASE_URL: database.url,
      WARUNG_AUTOMATION: '1',
      PERISAI_URL: perisai.url,
      PERISAI_API_KEY: perisai.key,
      PERISAI_WEBHOOK_SECRET: `whsec_b2xk,${perisai.secret}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { ready: true; url: string };
  perisai.hooks = `${url}/hooks/perisai`;
  return { child, url };
}

describe('Warung as a process', () => {
  it('acknowledges after a restart what it had applied when it was killed', async () => {
    const first = await start();
    const client = warungClient(first.url);
    await client.join({ handle: 'aminah', name: 'Aminah', language: 'ms' });
    const post = await client.write('aminah', { text: 'Ikan bakar Melaka' });
    // Perisai never hears the acknowledgement: the process is killed while it sends it.
    perisai.mood = (request) => {
      if (!request.url.includes('acknowledgements')) return 'answer';
      first.child.kill('SIGKILL');
      return 'deaf';
    };
    const ended = once(first.child, 'exit');
    const sent = await perisai.act(post.id, 'remove');
    expect(sent.status).toBe(204);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(perisai.heard.acknowledgements).toEqual([]);

    perisai.mood = () => 'answer';
    const second = await start();
    expect(await perisai.acknowledgement(sent.action?.action)).toEqual({ action: sent.action?.action, target_seq: 1, state: 'removed' });
    expect((await warungClient(second.url).look(null, post.id)).state).toBe('removed');

    const gone = once(second.child, 'exit');
    second.child.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });

  it('ends with 1 and explains, when it is not told what it needs', async () => {
    const child = spawn(process.execPath, ['--conditions=perisai-source', fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
      env: { PATH: process.env['PATH'], WARUNG_HOTS: 'x' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(said.join('')).toMatch(/WARUNG_HOTS is not a setting[\s\S]*PERISAI_API_KEY is missing/);
  });
});
