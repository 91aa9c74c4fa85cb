import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/** The self-contained verifier that goes into every export and behind the package's `bin`. */
export const bundledVerifier: URL = new URL('../generated/perisai-verify.mjs', import.meta.url);

/** Bundles the verifier afresh: one file that needs only Node.js, with the licences of what is in it. */
export async function bundleVerifier(): Promise<string> {
  const { output } = await build({
    input: fileURLToPath(new URL('../src/bin/perisai-verify.ts', import.meta.url)),
    // Paths in the bundle's comments are told from here, wherever it is made.
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    platform: 'node',
    logLevel: 'warn',
    write: false,
    output: { format: 'esm', comments: { legal: true, annotation: false, jsdoc: true } },
  });
  const [chunk] = output;
  if (output.length !== 1) throw new Error(`the verifier is ${output.length} files, not one`);
  return `#!/usr/bin/env node\n${await header()}${chunk.code}`;
}

async function header(): Promise<string> {
  const licences = ['yauzl', 'pend'].map(async (name) => {
    const text = await readFile(new URL(`../../../node_modules/${name}/LICENSE`, import.meta.url), 'utf8');
    return `\n${name}:\n${text.trim()}\n`;
  });
  const text = `perisai-verify: checks a records export of Perisai. Apache-2.0. Made from packages/log/src by
scripts/bundle-verifier.ts; its format is packages/log/README.md. Needs Node.js 20.15 or newer and nothing else.
It holds two libraries, under these licences:
${(await Promise.all(licences)).join('')}`;
  return `/*!\n${text.replaceAll(/^/gm, ' * ').replaceAll(/ +$/gm, '')}\n */\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(bundledVerifier, await bundleVerifier(), { mode: 0o755 });
