import { expect, test } from 'vitest';
import { runBench } from './command.ts';
import { hasTheForm } from './form.ts';

test('a bench ends with one JSON object of the common form, and leaves nothing behind', () => hasTheForm('text'));

test.for([['speed'], ['text', '--size', 'none'], ['text', '--size', '0'], ['text', 'seal'], ['text', '--fast'], []])(
  'what is not understood is answered with the list of names and exit code 2: %s',
  async (args) => {
    const { code, said, complained } = await runBench(...args).ended;
    expect({ code, said }).toEqual({ code: 2, said: '' });
    for (const name of ['report-intake', 'screen-http', 'seal', 'start', 'text']) expect(complained).toContain(name);
  },
);

test('a bench that is told to end takes its database and its processes with it', { timeout: 60_000 }, async () => {
  const { child, ended } = runBench('report-intake', '--size', '20', '--seconds', '600');
  let lines = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: string) => {
      lines += text;
      // Server and generator are at work.
      if (lines.includes('warm')) resolve();
    });
    child.once('exit', () => reject(new Error(`it ended by itself: ${lines}`)));
  });
  child.kill('SIGTERM');
  const { code, left } = await ended;
  expect({ code, left }).toEqual({ code: 1, left: [] });
});
