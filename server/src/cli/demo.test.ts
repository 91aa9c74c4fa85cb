import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { perisai } from '../../test/command.ts';
import { demo } from './demo.ts';
import { exitCodes } from './failure.ts';

test('the demo plays its day and ends by itself: a queue to work in, and thirty reports or more in four languages', async () => {
  const { code, out, err } = await perisai(['demo', '--once'], {});
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/The queue is ready to work in after .*: http:\/\/127\.0\.0\.1:\d+\/desk\/queue/);
  const [, reports, ...languages] = (/(\d+) reports came in: Malay (\d+), English (\d+), Chinese (\d+), Tamil (\d+)/.exec(out) ?? []).map(
    Number,
  );
  expect(reports).toBeGreaterThanOrEqual(30);
  expect(Math.min(...languages)).toBeGreaterThanOrEqual(5);
  const said = /(\d+) cases wait for a decision; the queue shows (\d+) of them to awan, (\d+) to melur/.exec(out) ?? [];
  const [, waiting, moderators, reviewers] = said.map(Number);
  expect(waiting).toBeGreaterThan(0);
  expect((moderators ?? 0) + (reviewers ?? 0)).toBe(waiting);
  expect(reviewers).toBeGreaterThan(0);
  expect(out).toContain('1 organisation is a trusted flagger, and 1 waits for a second person');
}, 120_000);

test('where a port is taken, the demo says which, and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    // Warung listens on the next but one.
    expect(await demo.run(['--port', String(port - 2)])).toBe(exitCodes.address);
  } finally {
    other.close();
  }
  expect(said.mock.calls.join()).toMatch(new RegExp(`Port ${port}, on which Warung would listen, is taken: .*--port ${port - 2 + 1_000}`));
  await expect(demo.run(['--port', 'eighty'])).rejects.toThrow('--port takes a number');
});
