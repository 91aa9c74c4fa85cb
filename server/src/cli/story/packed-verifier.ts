import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packageFolder = fileURLToPath(new URL('../../../../packages/log', import.meta.url));

/** The stand-alone verifier as an auditor has it: out of its tarball, on a Node that is not ours where there is one. */
export interface PackedVerifier {
  /** Which Node runs it: version, and whose it is. */
  readonly node: string;
  /** Runs `perisai-verify`. @returns its exit code and all it said */
  verify(path: string): Promise<{ readonly code: number; readonly text: string }>;
}

/**
 * Packs the package as it would be published, unpacks the tarball into a folder, and finds a Node to run it. Nothing is downloaded and
 * nothing installed: the verifier is one file that needs only Node.
 */
export async function packedVerifier(folder: string): Promise<PackedVerifier> {
  const packed = await run('npm', ['pack', '--offline', '--json', '--pack-destination', folder], { cwd: packageFolder, env: plain() });
  const [tarball] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('['))) as { filename: string }[];
  await run('tar', ['-xzf', join(folder, String(tarball?.filename)), '-C', folder]);
  const program = join(folder, 'package/generated/perisai-verify.mjs');
  const { path, says } = await anotherNode();
  return {
    node: says,
    async verify(export_) {
      try {
        const { stdout, stderr } = await run(path, [program, export_], { env: {}, cwd: folder });
        return { code: 0, text: `${stdout}${stderr}` };
      } catch (error) {
        const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
        if (typeof code !== 'number') throw error;
        return { code, text: `${stderr ?? ''}${stdout ?? ''}` };
      }
    },
  };
}

/** A Node 20.15 or newer on this machine that isn't the one that runs us; the oldest, since that is the hardest. Else ours. */
async function anotherNode(): Promise<{ readonly path: string; readonly says: string }> {
  const ours = await realpath(process.execPath);
  const found: { path: string; version: readonly number[] }[] = [];
  const folders = new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
  for (const folder of folders) {
    const path = await executable(join(folder, 'node'));
    if (path === null || path === ours || path.includes('/node_modules/')) continue;
    const { stdout } = await run(path, ['--version'], { env: {} });
    const version = stdout.trim().slice(1).split('.').map(Number);
    const [major = 0, minor = 0] = version;
    if (major > 20 || (major === 20 && minor >= 15)) found.push({ path, version });
  }
  const [oldest] = found.sort((a, b) => (a.version[0] ?? 0) - (b.version[0] ?? 0));
  return oldest
    ? { path: oldest.path, says: `Node ${oldest.version.join('.')} (${oldest.path})` }
    : { path: process.execPath, says: `Node ${process.versions.node} (ours: this machine has no other one from 20.15 on)` };
}

async function executable(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    return await realpath(path);
  } catch {
    // Not in this folder.
    return null;
  }
}

/** The environment without what npm and our own start put there for us. */
function plain(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && name !== 'NODE_OPTIONS'));
}
