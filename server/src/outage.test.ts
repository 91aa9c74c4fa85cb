import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from './foundation/clock.ts';
import { type KeptServer, keepEmbedded } from './foundation/db/keep-embedded.ts';
import { createServiceKey } from './foundation/http/keys.ts';
import { addJob } from './foundation/jobs.ts';
import { silentLog } from './foundation/log.ts';
import { type Running, startPerisai } from './main.ts';
import { defineSurface, registerService } from './procedure/setup/service.ts';

let folder: string;
let server: KeptServer;
let perisai: Running;
let key: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perisai-outage-'));
  server = await keepEmbedded({ dataDir: folder, log: silentLog }, { every: 20 });
  perisai = await startPerisai({
    databaseUrl: server.appUrl,
    ownerUrl: server.url,
    dataDir: folder,
    origin: 'demo/outage',
    publicUrl: 'http://127.0.0.1:8088',
    leaseMinutes: 30,
    log: silentLog,
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
  });
  const { house } = perisai;
  await registerService(house, { slug: 'warung', name: 'Warung', languages: ['ms'], webhookUrl: null });
  const place = { slug: 'feed', type: 'public-feed', private: 'no', privateReason: 'Anybody can read it.', screening: true } as const;
  await defineSurface(house, 'warung', place);
  key = await house.db.begin(
    'doors',
    async (tx) => (await createServiceKey(tx, house, { service: 'warung', label: 'test', scopes: ['report'] })).token,
  );
}, 60_000);

afterAll(async () => {
  await perisai.stop();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const report = (n: number) => ({
  item: { id: `post-${n}`, kind: 'post', surface: 'feed', revision: '1', author: { id: `author-${n}` }, text: 'Satu hantaran biasa.' },
  attested: 'platform',
  harm: 'bullying-hate',
  language: 'ms',
  reporter: { account: { id: `reporter-${n}` } },
});

/** As a service does it: the same key again, until there is an answer that is none of “try again”. */
async function insist(n: number, refused: string[]): Promise<string> {
  for (;;) {
    const answer = await fetch(`${perisai.url}/v1/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': `report-${n}` },
      body: JSON.stringify(report(n)),
    });
    const said = (await answer.json()) as { report?: string; code?: string };
    if (answer.status === 201 && said.report !== undefined) return said.report;
    refused.push(`${answer.status} ${said.code}`);
    await wait(20);
  }
}

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Asks until it is so; the test's own time-out ends it otherwise. */
async function becomes(sql: string): Promise<void> {
  while (!(await ask<{ so: boolean }>(sql))[0]?.so) await wait(20);
}

test('a database that is killed in the middle of it and comes back has everything that was acknowledged, once', async () => {
  const total = 60;
  const refused: string[] = [];
  const acknowledged = new Map<number, string>();
  const halfway = Promise.withResolvers<void>();
  let next = 0;
  const people = Array.from({ length: 4 }, async () => {
    while (next < total) {
      const n = next++;
      acknowledged.set(n, await insist(n, refused));
      if (acknowledged.size === total / 3) halfway.resolve();
    }
  });
  await halfway.promise;
  process.kill(Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  // the doors say that they can't, and nothing worse
  let [unready, alive] = [0, 0];
  while (unready === 0 && acknowledged.size < total) {
    if ((await fetch(`${perisai.url}/readyz`)).status === 503) unready += 1;
    if ((await fetch(`${perisai.url}/healthz`)).status === 200) alive += 1;
  }
  await Promise.all(people);
  expect([unready, alive > 0]).toEqual([1, true]);
  expect(refused.length).toBeGreaterThan(0);
  expect([...new Set(refused)].filter((one) => !['503 unavailable', '409 idempotency-running'].includes(one))).toEqual([]);

  const kept = await ask<{ id: string }>('select id from intake.report order by id');
  expect(kept.map(({ id }) => id)).toEqual([...acknowledged.values()].sort());

  // sequencer, subscribers and jobs go on by themselves
  await becomes('select not exists (select from records.pending) as so');
  await becomes("select count(*) = 60 as so from notices.notice where template = 'report.acknowledged'");
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await addJob(client, 'write-counts', {});
  await client.end();
  await becomes("select not exists (select from graphile_worker.jobs where task_identifier = 'write-counts' and run_at <= now()) as so");
  expect((await fetch(`${perisai.url}/readyz`)).status).toBe(200);
}, 90_000);
