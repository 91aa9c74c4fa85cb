import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const run = promisify(execFile);

/** The flags that a container without a display, a sandbox or a way out needs. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-pings',
  '--font-render-hinting=none',
];

/**
 * A headless Chromium that needs no system package, for root and for an ordinary user alike. Close it in `afterAll`.
 *
 * The binary is unpacked once a version and a person into the temporary folder; two runs at once don't disturb each other.
 */
export async function openBrowser(): Promise<Browser> {
  const home = await unpacked();
  const libraries = [join(home, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter((path) => path !== '').join(':');
  // Fonts of the machine too, where there are any: what comes along has no Tamil and no Chinese.
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') };
  const env = { ...process.env, ...fonts, HOME: home, LD_LIBRARY_PATH: libraries } as Record<string, string>;
  return chromium.launch({ executablePath: join(home, 'chromium'), args: flags, env });
}

/**
 * What axe finds wrong with a page of `browser.newContext()` by WCAG 2.2 AA and its best practices, a line a place; empty when it finds nothing.
 * @param rules those alone
 */
export async function axe(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // Our pages have no frames, so the results need no second page to be put together on.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules
    ? builder.withRules([...rules])
    : builder.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  ).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} at ${node.target.join(' ')}`));
}

async function unpacked(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const owner = process.getuid?.() ?? 0;
  const home = join(tmpdir(), `perisai-browser-${owner}-${version}`);
  if (existsSync(home)) {
    // The temporary folder is everybody's: a program that somebody else put there is not run.
    const { uid } = await stat(home);
    if (uid !== owner) throw new Error(`${home} belongs to somebody else: remove it`);
    return home;
  }
  await sweep(owner, version);
  const draft = await mkdtemp(join(tmpdir(), `perisai-browser-${owner}-draft-`));
  // The package reads both variables when it is imported, so it is imported in a process of its own.
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  });
  try {
    await rename(draft, home);
  } catch (error) {
    // Another run was faster; its folder is as good as ours.
    await rm(draft, { recursive: true });
    if (!existsSync(join(home, 'chromium'))) throw error;
  }
  await mkdir(join(home, '.cache'), { recursive: true });
  return home;
}

/** Older versions are 170 MB each. */
async function sweep(owner: number, version: string): Promise<void> {
  const old = (await readdir(tmpdir())).filter(
    (name) => name.startsWith(`perisai-browser-${owner}-`) && !name.includes('-draft-') && !name.endsWith(version),
  );
  for (const name of old) await rm(join(tmpdir(), name), { recursive: true });
}
