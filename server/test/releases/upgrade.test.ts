import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportTo } from '../../src/cli/export.ts';
import { settled } from '../../src/cli/stage/settled.ts';
import { verify } from '../../src/cli/verify.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { startPerisai } from '../../src/main.ts';
import { receive } from '../../src/procedure/moderation/index.ts';
import { run } from '../command.ts';
import { freshDatabase } from '../database.ts';
import { compareStateTables, foldInto } from '../fold.ts';
import { readRelease, restoreRelease } from './release.ts';

const versions = readdirSync(import.meta.dirname).flatMap((name) => /^(\d+\.\d+\.\d+)\.json\.gz$/.exec(name)?.[1] ?? []);

test.each(versions)(
  'an installation of %s is upgraded with all it holds, and goes on',
  async (version) => {
    const release = readRelease(version);
    const [database, told] = [await freshDatabase({ empty: true }), await freshDatabase()];
    const dataDir = mkdtempSync(join(tmpdir(), 'perisai-upgrade-'));
    await restoreRelease(release, database.url, dataDir);
    const perisai = await startPerisai({
      databaseUrl: database.url,
      dataDir,
      origin: release.origin,
      publicUrl: 'http://127.0.0.1:8088',
      leaseMinutes: 30,
      log: silentLog,
      host: '127.0.0.1',
      port: 0,
    });
    try {
      const { house } = perisai;
      expect(house.gate.reason).toBe('');
      const item = {
        id: 'after',
        kind: 'post',
        surface: 'public-feed',
        revision: '1',
        author: { id: 'somebody', language: 'ms' },
      } as const;
      const { report } = await house.db.begin('doors', (tx) =>
        receive(house, tx, 'warung', {
          item: { ...item, text: 'Satu hantaran selepas naik taraf.' },
          attested: 'platform',
          harm: 'bullying-hate',
          text: 'Tolong lihat.',
          language: 'ms',
          reporter: { contact: {} },
        }),
      );
      expect(report).toMatch(/^[0-9a-f-]{36}$/);
      await settled(house);

      // What the records of then and now tell is the state, under today's migrations.
      expect(await foldInto(house, told.url)).toBeGreaterThan((release.tables['records.leaf'] ?? []).length);
      const { rows, differences } = await compareStateTables(database.url, told.url);
      expect(differences).toEqual([]);
      expect(rows).toBeGreaterThan(40);

      const zip = join(dataDir, 'all.zip');
      await exportTo(house, zip, { openings: true });
      expect(JSON.parse(await run(verify, [zip, '--json'], {}))).toMatchObject({ records: expect.any(Number) });
    } finally {
      await perisai.stop();
      await Promise.all([database.drop(), told.drop()]);
      rmSync(dataDir, { recursive: true });
    }
  },
  60_000,
);
