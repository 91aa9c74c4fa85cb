import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { exportTo } from '../cli/export.ts';
import { receive } from '../procedure/moderation/index.ts';

const verifier = fileURLToPath(new URL('../../../packages/log/generated/perisai-verify.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'perisai-export-test-'));
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

const verify = (...args: string[]) => promisify(execFile)(process.execPath, [verifier, ...args]);

test('an export of the log, with what its records commit to, is verified by the stand-alone verifier', async () => {
  const media = [{ bytes: Buffer.from('a harmless file').toString('base64'), type: 'text/plain' }];
  const received = await house.db.begin('doors', (tx) =>
    receive(house, tx, 'warung', {
      item: {
        id: 'e1',
        kind: 'post',
        surface: 'public-feed',
        revision: '1',
        author: { id: 'a', language: 'ms' },
        text: 'Baris satu.\u2028Baris dua.',
        media,
      },
      attested: 'platform',
      harm: 'scam',
      text: 'தயவுசெய்து பாருங்கள்',
      language: 'ta',
      reporter: { account: { id: 'r', language: 'ta' } },
    }),
  );
  await house.settle();
  const all = join(folder, 'all.zip');
  const { records, size } = await exportTo(house, all, { openings: true });
  expect(records).toBe(size);
  expect((await verify(all)).stdout).toMatch(new RegExp(`${records} records`));

  const one = join(folder, 'case.zip');
  const ofCase = await exportTo(house, one, { case: received.case });
  expect(ofCase.records).toBeLessThan(records);
  expect((await verify(one)).stdout).toMatch(new RegExp(`${ofCase.records} records`));
});
