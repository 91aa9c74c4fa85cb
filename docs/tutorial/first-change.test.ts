import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('the diff of the first change applies to the code as it is', async () => {
  const apply = promisify(execFile)('git', ['apply', '--check', here('first-change.diff')], { cwd: here('../..') });
  await expect(apply).resolves.toMatchObject({ stderr: '' });
});
