import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundledVerifier, bundleVerifier } from '../../scripts/bundle-verifier.ts';
import { exportFixture, newKey, seal } from '../../test/export-fixture.ts';
import { writeZip } from '../../test/export-zip.ts';
import { bagFiles } from '../export/bag.ts';
import { verifierUrl } from '../verifier.ts';

const scratch = mkdtempSync(join(tmpdir(), 'perisai-log-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('the bundled verifier is the one of this source: else `npm run bundle -w @perisai/log`', async () => {
  expect(readFileSync(bundledVerifier, 'utf8')).toBe(await bundleVerifier());
  expect(verifierUrl.href).toBe(bundledVerifier.href);
});

/** This Node, and the machine's own where it is another and new enough. */
function runtimes(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '' && !folder.includes('node_modules'));
  const found = folders
    .map((folder) => join(folder, 'node'))
    .filter((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  const other = found
    .map((path) => realpathSync(path))
    .find((path) => {
      const [major = 0, minor = 0] = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.').map(Number);
      return path !== realpathSync(process.execPath) && (major > 20 || (major === 20 && minor >= 15));
    });
  return other === undefined ? [process.execPath] : [process.execPath, other];
}

describe('the packed package', () => {
  const packed = join(scratch, 'package');
  beforeAll(async () => {
    const here = fileURLToPath(new URL('../..', import.meta.url));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch], { cwd: here, stdio: 'pipe' });
    const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', tarball ?? '', '-C', scratch], { cwd: scratch });
    const good = await exportFixture();
    await writeZip(good, join(scratch, 'good.zip'));
    const records = Buffer.from(good.get(bagFiles.records) as Uint8Array).toString();
    await writeZip(seal(new Map(good).set(bagFiles.records, Buffer.from(records.replace('warung', 'warong')))), join(scratch, 'bad.zip'));
    writeFileSync(join(scratch, 'log.vkey'), `${newKey.vkey}\n`);
  }, 120_000);

  test.each(runtimes())('verifies exports on %s, with nothing installed', (node) => {
    const verify = (name: string): string =>
      execFileSync(node, [join(packed, 'generated/perisai-verify.mjs'), join(scratch, name), '--vkey', join(scratch, 'log.vkey')], {
        encoding: 'utf8',
        stdio: 'pipe',
        env: {},
      });
    expect(verify('good.zip')).toContain('verified: 10 records, checkpoint size 20');
    expect(() => verify('bad.zip')).toThrow(/failed: data\/records\.jsonl line 1: /);
  });

  test.each(runtimes())('is a library on %s', (node) => {
    const script = `const log = await import(${JSON.stringify(join(packed, 'dist/index.js'))}); console.log(log.canonicalize({ b: 1, a: log.tilePath(0, 1234, 5) }))`;
    expect(execFileSync(node, ['--input-type=module', '-e', script], { encoding: 'utf8', env: {} })).toBe(
      '{"a":"tile/0/x001/234.p/5","b":1}\n',
    );
  });
});
