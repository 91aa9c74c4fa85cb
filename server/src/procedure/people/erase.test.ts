import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyExport } from '@perisai/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openZip } from '../../../../packages/log/src/bin/zip.ts';
import { copyDatabase, freshDatabase } from '../../../test/database.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { expectOneTree } from '../../../test/log.ts';
import { play, post } from '../../../test/play.ts';
import { ask, spineOn } from '../../../test/spine.ts';
import { enrolled } from '../../../test/staff.ts';
import { exportTo } from '../../cli/export.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { silentLog } from '../../foundation/log.ts';
import { type RunOptions, startPerisai } from '../../main.ts';
import { reveal, type Spine } from '../../records/index.ts';
import { accountId } from '../../subjects/index.ts';
import { receive } from '../moderation/index.ts';
import { defineSurface, registerService } from '../setup/service.ts';
import { erase } from './erase.ts';

let folder: string;
let house: TestHouse;
let now: ReturnType<typeof play>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perisai-erase-test-'));
  house = await testHouse();
  now = play(house);
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

/** Every snapshot's text that can still be read there. */
async function texts(of: Pick<Spine, 'db' | 'keys'>): Promise<(string | null)[]> {
  const ids = await ask<{ id: string }>(of, "select id from records.record where kind = 'content.snapshotted' order by id");
  return of.db.begin('doors', (tx) =>
    Promise.all(ids.map(async ({ id }) => (await reveal(of, tx, 'content.snapshotted', id))?.text ?? null)),
  );
}

async function exported(name: string): Promise<{ report: Awaited<ReturnType<typeof verifyExport>>; openings: string }> {
  const path = join(folder, name);
  await exportTo(house, path, { openings: true });
  const zip = await openZip(path);
  try {
    const report = await verifyExport(zip);
    const parts = await Array.fromAsync(zip.read('data/openings.jsonl'));
    return { report, openings: Buffer.concat(parts).toString('utf8') };
  } finally {
    await zip.close();
  }
}

test('after an erasure nobody reads the text again, not even in an older copy of the database; the log verifies, the export leaves it out', async () => {
  await now.report(post('one', { author: 'leaver', text: 'Teks yang akan hilang.' }), { by: 'reporter' });
  await now.report(post('two', { author: 'stayer', text: 'Teks yang kekal.' }), { by: 'reporter' });
  await house.settle();
  const before = await exported('before.zip');
  expect(before.openings).toContain('Teks yang akan hilang.');
  expect(before.openings).toContain('leaver-handle');
  const backup = await copyDatabase(house.url);
  const restored = spineOn(backup.url, { keys: house.keys });
  expect(await texts(restored)).toEqual(['Teks yang akan hilang.', 'Teks yang kekal.']);

  for (const purpose of ['evidence', 'profile'] as const) expect(await erase(house, 'warung', now.ours('leaver'), purpose)).toBe(true);
  await house.settle();
  expect(await texts(house)).toEqual([null, 'Teks yang kekal.']);
  expect(await texts(restored)).toEqual([null, 'Teks yang kekal.']);
  await expectOneTree(house);
  const after = await exported('after.zip');
  expect(after.openings).not.toContain('Teks yang akan hilang.');
  expect(after.openings).not.toContain('leaver-handle');
  expect(after.openings).toContain('Teks yang kekal.');
  expect(after.report.records).toBeGreaterThan(before.report.records);
  const found = await ask<{ found: number }>(house, `select count(*) as found from subjects.account where id = '${now.ours('leaver')}'`);
  expect(found).toEqual([{ found: 0 }]);
  await restored.close();
  await backup.drop();
});

test('what is kept for a report waits for its answer, and for that of an appeal', async () => {
  const moderator = await enrolled(house, 'moderator');
  const { case: caseId } = await now.report(post('three'), { by: 'waiting' });
  await expect(erase(house, 'warung', now.ours('waiting'), 'report')).rejects.toMatchObject({ code: 'conflict' });
  const decision = await now.judge(moderator, { case: caseId, determination: 'none', clause: null });
  await house.settle();
  await now.deliver();
  await house.settle();
  await now.appeal(decision.id, 'waiting', 'reporter');
  await expect(erase(house, 'warung', now.ours('waiting'), 'report')).rejects.toMatchObject({ code: 'conflict' });
  expect(await ask(house, `select count(*) from records.handle where party = '${now.ours('waiting')}' and purpose = 'report'`)).toEqual([
    { count: 1 },
  ]);
});

test('who is not known, or was erased, is not erased again, and no record says so', async () => {
  const records = () => ask(house, "select count(*) from records.record where kind = 'party.erased'");
  const before = await records();
  expect(await erase(house, 'warung', now.ours('leaver'), 'profile')).toBe(false);
  expect(await erase(house, 'warung', now.ours('nobody'), 'profile')).toBe(false);
  expect(await records()).toEqual(before);
});

test('of two erasures at once one is recorded', async () => {
  await now.report(post('four', { author: 'hasty' }));
  const both = await Promise.all([1, 2].map(() => erase(house, 'warung', now.ours('hasty'), 'profile')));
  expect(both.sort()).toEqual([false, true]);
});

test('whoever writes about somebody while they are erased for everything, nobody waits for ever and nothing is half done', async () => {
  const purposes = ['profile', 'evidence', 'report'] as const;
  const failures: unknown[] = [];
  const known = (error: unknown) => void (error instanceof Problem || failures.push(error));
  for (let round = 0; round < 12; round += 1) {
    const busy = ['ali', 'bala', 'chen'];
    await Promise.all([
      ...busy.map((by, n) =>
        now.report(post(`busy ${round % 4}`, { author: busy[(n + 1) % 3] as string, revision: `${n}` }), { by }).catch(known),
      ),
      ...busy.flatMap((who) => purposes.map((purpose) => erase(house, 'warung', now.ours(who), purpose).catch(known))),
      house.settle().catch(known),
    ]);
  }
  expect(failures).toEqual([]);
  await house.settle();
  await expectOneTree(house);
  // Every handle that a person still has, has its key; every one that was erased, has none.
  const handles = await ask<{ handle: string; alive: boolean }>(
    house,
    `select distinct encode(p.handle, 'base64') as handle, h.handle is not null as alive
     from records.record_party p left join records.handle h on h.handle = p.handle`,
  );
  for (const { handle, alive } of handles) expect((await house.keys.get(handle)) !== null, handle).toBe(alive);
  expect(handles.some(({ alive }) => !alive)).toBe(true);
});

test('a key store that is brought back from before an erasure has lost the key again when the first door opens', async () => {
  const database = await freshDatabase();
  const dataDir = join(folder, 'data');
  const options: RunOptions = {
    databaseUrl: database.url,
    dataDir,
    origin: 'demo/test',
    publicUrl: 'http://127.0.0.1:8088',
    leaseMinutes: 30,
    log: silentLog,
    host: '127.0.0.1',
    port: 0,
    // No worker: so that no subscriber can be what destroys the key.
    roles: ['api'],
  };
  const first = await startPerisai(options);
  const { house: living } = first;
  await registerService(living, { slug: 'warung', name: 'Warung', languages: ['ms'], webhookUrl: null });
  await defineSurface(living, 'warung', {
    slug: 'public-feed',
    type: 'public-feed',
    private: 'no',
    privateReason: 'anybody reads it',
    screening: true,
  });
  await living.db.begin('doors', (tx) =>
    receive(living, tx, 'warung', {
      item: post('one', { text: 'Teks yang akan hilang.' }),
      attested: 'platform',
      harm: 'scam',
      text: 'Ini menipu.',
      language: 'ms',
      reporter: { account: { id: 'reporter', language: 'ms' } },
    }),
  );
  expect(await texts(living)).toEqual(['Teks yang akan hilang.']);
  await first.stop();
  await cp(join(dataDir, 'keys'), join(folder, 'backup of keys'), { recursive: true });

  const second = await startPerisai(options);
  await erase(second.house, 'warung', accountId(second.house.secret, 'warung', 'author'), 'evidence');
  await second.stop();
  await rm(join(dataDir, 'keys'), { recursive: true });
  await cp(join(folder, 'backup of keys'), join(dataDir, 'keys'), { recursive: true });

  const third = await startPerisai(options);
  expect(third.url).not.toBe('');
  expect(await texts(third.house)).toEqual([null]);
  await third.stop();
  await database.drop();
});
