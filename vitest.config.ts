import { existsSync } from 'node:fs';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * One configuration, five runs, chosen by `--mode`:
 * - (none)     `npm test`: everything except the four below; `*.browser.test.ts` drive a real Chromium
 * - `servers`  `npm run test:servers`: the server's tests once more, those in a browser excepted, on the PostgreSQL that `DATABASE_URL` names,
 *   and `*.servers.test.ts`
 * - `long`     `npm run test:long`: `*.long.test.ts`, minutes each
 * - `fire`     `npm run test:fire`: `*.fire.test.ts`, that kill processes again and again
 * - `pictures` `npm run pictures`: `*.pictures.test.ts`, that write the pictures of the documentation
 */
const source = ['packages', 'server', 'demo', 'tools', 'bench', 'docs', 'catalogue'].map((folder) => `${folder}/**`);
const kinds = ['servers', 'long', 'fire', 'pictures'];
const never = ['**/node_modules/**', '**/dist/**', 'tools/fixtures/**', '**/.cache/**', '**/.perisai/**'];

function chosen(mode: string): { include: string[]; exclude: string[] } {
  const others = kinds.filter((kind) => kind !== mode).map((kind) => `**/*.${kind}.test.ts`);
  if (mode === 'servers')
    return { include: ['server/**/*.test.ts', '**/*.servers.test.ts'], exclude: [...never, ...others, '**/*.browser.test.ts'] };
  if (kinds.includes(mode)) return { include: [`**/*.${mode}.test.ts`], exclude: never };
  return { include: source.map((folder) => `${folder}/*.test.ts`), exclude: [...never, ...others] };
}

const globalSetup = ['server/test/global-setup.ts'].filter((file) => existsSync(new URL(file, import.meta.url)));
const conditions = ['perisai-source', ...defaultServerConditions];

export default defineConfig(({ mode }) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['perisai-source'] } },
  test: {
    ...chosen(mode),
    globalSetup,
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--conditions=perisai-source'],
    testTimeout: kinds.slice(1).includes(mode) ? 1_800_000 : 60_000,
    hookTimeout: 120_000,
    allowOnly: !process.env['CI'],
    unstubEnvs: true,
    restoreMocks: true,
    reporters: ['default'],
  },
}));
