import { spawn } from 'node:child_process';
import { debianPostgres, installPostgres, startCluster } from './debian-postgres.ts';

/**
 * `npm run test:servers`: the server's tests once more, on a PostgreSQL that is not ours: the one that `DATABASE_URL` names, else Debian's,
 * in a cluster made for this run. Arguments go on to Vitest.
 */
async function main(args: readonly string[]): Promise<number> {
  if (process.env['DATABASE_URL']) return vitest(args, process.env['DATABASE_URL']);
  if (!debianPostgres()) installPostgres();
  const bin = debianPostgres();
  if (!bin) throw new Error('apt-get installed no PostgreSQL that has an initdb');
  const cluster = await startCluster(bin);
  console.log(`PostgreSQL of ${bin}`);
  try {
    return await vitest(args, cluster.url);
  } finally {
    await cluster.stop();
  }
}

function vitest(args: readonly string[], url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('vitest', ['run', '--mode', 'servers', ...args], { stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
    // The child has the signal too (one process group); we stay to stop the cluster.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  });
}

process.exitCode = await main(process.argv.slice(2));
