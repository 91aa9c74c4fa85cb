import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Read } from './new.ts';
import { action, verb } from './new.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tree: Read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null);
const of =
  (texts: Record<string, string>): Read =>
  (path) =>
    texts[path] ?? null;

describe('npm run new', () => {
  test('a verb comes with its file, a test that is red until it is written, and its line in the face', () => {
    const texts = verb('decisions/send-back', of({ 'server/src/decisions/index.ts': "export { make } from './make.ts';\n" }));
    expect([...texts.keys()]).toEqual(['send-back.ts', 'send-back.test.ts', 'index.ts'].map((file) => `server/src/decisions/${file}`));
    expect(texts.get('server/src/decisions/send-back.ts')).toContain('export async function sendBack(because: Because): Promise<void>');
    expect(texts.get('server/src/decisions/send-back.test.ts')).toContain('expect.fail(');
    expect(texts.get('server/src/decisions/index.ts')).toBe(
      "export { sendBack } from './send-back.ts';\nexport { make } from './make.ts';\n",
    );
  });

  test('a verb of no noun, a verb that is there, and a name of another shape are refused', () => {
    expect(() => verb('gadgets/turn', of({}))).toThrow('gadgets is no noun');
    expect(() => verb('decisions/Confirm', of({}))).toThrow('Which verb?');
    expect(() => verb('decisions/make', of({ 'server/src/decisions/make.ts': '' }))).toThrow('is there already');
  });

  test('an action joins the list of actions and its name the union, in the tree as it is', () => {
    const texts = action('interrupt-planet', tree);
    expect(texts.get('server/src/enforcement/actions/interrupt-planet.ts')).toContain(
      "export const interruptPlanet: ActionSpec = { name: 'interrupt-planet' }",
    );
    expect(texts.get('server/src/enforcement/actions/index.ts')).toMatch(
      /actions\b[^=]*= \{[^}]*, 'interrupt-planet': interruptPlanet\s*\};/,
    );
    expect(texts.get('server/src/enforcement/action.ts')).toMatch(/ActionName =[^;]* \| 'interrupt-planet';/);
  });

  test('a list that looks otherwise is not edited blindly', () => {
    const changed = of({
      'server/src/enforcement/actions/index.ts': 'export const all = [];\n',
      'server/src/enforcement/action.ts': '',
    });
    expect(() => action('suspend-account', changed)).toThrow('no longer looks as');
  });
});
