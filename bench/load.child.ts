import { answerParent } from './child.ts';
import { ownCpuSeconds } from './cpu.ts';
import { percentile, seeded } from './figures.ts';
import { Connection } from './http-connection.ts';
import type { LoadAnswer, LoadAsked } from './load.ts';
import { expected, requestOf } from './requests.ts';

// Made before the clock starts, so that making them is not measured; a longer run goes on making its own.
const madeAhead = 20_000;

async function run(asked: LoadAsked): Promise<LoadAnswer> {
  const { recipe, first, token, characters, connections: count, most = Number.POSITIVE_INFINITY } = asked;
  const url = new URL(asked.url);
  const make = (n: number) => requestOf(recipe, { n: first + n, characters, host: url.host, token });
  const likely = asked.rate === undefined ? madeAhead : Math.ceil(asked.rate * asked.seconds * 1.2);
  const ahead = Array.from({ length: Math.min(most, madeAhead, likely) }, (_, n) => make(n));
  const connections = await Promise.all(Array.from({ length: count }, () => Connection.open(url)));
  const status = expected(recipe);
  const took: number[] = [];
  let failed = 0;
  let sent = 0;
  const send = async (connection: Connection, arrived: number) => {
    const n = sent;
    sent += 1;
    const answered = await connection.send(ahead[n] ?? make(n)).catch(() => 0);
    if (answered === status) took.push(performance.now() - arrived);
    else failed += 1;
  };
  const cpu = ownCpuSeconds();
  const start = performance.now();
  const end = start + asked.seconds * 1_000;
  if (asked.rate === undefined) {
    const loop = async (connection: Connection) => {
      for (let now = start; now < end && sent < most; now = performance.now()) await send(connection, now);
    };
    await Promise.all(connections.map(loop));
  } else await arrivals({ rate: asked.rate, start, end, seed: first, connections, send });
  const seconds = (performance.now() - start) / 1_000;
  const cpuSeconds = ownCpuSeconds() - cpu;
  for (const connection of connections) connection.close();
  return { done: took.length, failed, seconds, cpuSeconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}

/** Poisson arrivals; whoever finds no free connection queues, and its wait counts. */
async function arrivals(given: {
  rate: number;
  start: number;
  end: number;
  seed: number;
  connections: Connection[];
  send(connection: Connection, arrived: number): Promise<void>;
}): Promise<void> {
  const random = seeded(given.seed);
  const free = [...given.connections];
  const queue: number[] = [];
  const open = new Set<Promise<void>>();
  const dispatch = () => {
    while (queue.length > 0 && free.length > 0) {
      const connection = free.pop() as Connection;
      const answered = given.send(connection, queue.shift() as number).then(() => {
        free.push(connection);
        open.delete(answered);
        dispatch();
      });
      open.add(answered);
    }
  };
  for (let next = given.start; next < given.end; ) {
    const now = performance.now();
    for (; next <= now && next < given.end; next += (-Math.log(1 - random()) / given.rate) * 1_000) queue.push(next);
    dispatch();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  while (queue.length + open.size > 0) await Promise.race(open);
}

answerParent({ run });
