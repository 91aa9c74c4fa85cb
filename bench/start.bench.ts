import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../server/src/foundation/db/embedded.ts';
import { createLog } from '../server/src/foundation/log.ts';
import { beat } from '../server/src/records/sequence.ts';
import type { Claim, Measured, Run } from './claim.ts';
import { percentile } from './figures.ts';
import { layRecords } from './log-data.ts';
import { emptyFolder } from './place.ts';
import { wireIn } from './wired.ts';

const command = fileURLToPath(new URL('../server/src/cli/main.ts', import.meta.url));

/**
 * `perisai start`, from the start of the process to the first page. The figure is for an empty data folder (PostgreSQL's cluster,
 * migrations and keys are made), told as size 0; the other sizes are warm starts on a folder with so many sealed records and data keys.
 */
export const claim: Claim = {
  unit: 'seconds',
  sizeOf: 'records and data keys in the data folder',
  baselineOf: null,
  short: [500, 5_000],
  full: [1_000, 10_000, 100_000],
  targets: { figure: { atMost: 3 }, warmSeconds: { atMost: 3 } },
  async measure(run) {
    const times = Math.ceil(run.seconds / 2);
    const cold = await repeated(times, async () => firstPage(await folder(run)));
    run.say(`  cold: ${cold.toFixed(2)} s`);
    const dataDir = await folder(run);
    const sizes: Measured[] = [];
    let held = 0;
    for (const size of run.sizes) {
      await fill(dataDir, size - held);
      held = size;
      const figure = await repeated(times, () => firstPage(dataDir));
      sizes.push({ size, figure, baseline: null });
      run.say(`  warm with ${size} records: ${figure.toFixed(2)} s`);
    }
    return { sizes: [...sizes, { size: 0, figure: cold, baseline: null }], more: { warmSeconds: sizes.at(-1)?.figure ?? null } };
  },
};

/** The median. */
async function repeated(times: number, work: () => Promise<number>): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) took.push(await work());
  return percentile(took, 0.5);
}

/** An empty data folder, in which no PostgreSQL is left behind whatever happens to the process that started one. */
async function folder(run: Run): Promise<string> {
  const dataDir = await emptyFolder(run);
  run.ends.defer(async () => {
    const server = await startEmbedded({ dataDir, log: createLog('error') });
    await server.stop({ remove: true });
  });
  return dataDir;
}

async function firstPage(dataDir: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--conditions=perisai-source', command, 'start'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      TMPDIR: process.env['TMPDIR'],
      PERISAI_DATA_DIR: dataDir,
      PERISAI_PORT: '0',
      PERISAI_PUBLIC_URL: 'http://127.0.0.1:0',
    },
  });
  const ended = once(child, 'exit');
  try {
    const address = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const said = JSON.parse(line) as { msg?: string; address?: string };
        if (said.msg === 'Perisai is open' && said.address) resolve(said.address);
      });
      ended.then(([code]) => reject(new Error(`perisai start ended with ${code} before it was open`)), reject);
    });
    const answer = await fetch(address);
    const page = await answer.text();
    if (answer.status !== 200 || !page.includes('<html')) throw new Error(`the first page was answered ${answer.status}`);
    return (performance.now() - began) / 1_000;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function fill(dataDir: string, count: number): Promise<void> {
  const server = await startEmbedded({ dataDir, log: createLog('error') });
  try {
    const { house, close } = await wireIn(dataDir, server);
    try {
      await beat(house);
      for (let done = 0; done < count; done += 1_000) {
        const some = Math.min(1_000, count - done);
        await Promise.all(Array.from({ length: some }, () => house.keys.create(house.random.bytes(16).toString('base64'))));
      }
      await layRecords(house, server.appUrl, count);
      while ((await beat(house)).laid > 0);
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}
