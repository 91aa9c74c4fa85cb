import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { boundaries } from './boundaries.ts';
import { structure, unseen } from './structure.ts';

const planted = fileURLToPath(new URL('./fixtures/breaches/structure', import.meta.url));

/** Each planted breach: rule, the file that breaks it. Everything else in the fixture is right and must stay silent. */
const breaches = [
  ['demo-uses-the-api', 'demo/src/breach-server.ts'],
  ['direction', 'server/src/desk/breach-door-to-door.ts'],
  ['direction', 'server/src/foundation/breach-direction.ts'],
  ['direction', 'server/src/policy/breach-equal-rank.ts'],
  ['direction', 'server/src/policy/breach-type-to-the-right.ts'],
  ['every-folder-has-a-rank', 'server/src/gadgets/breach-no-rank.ts'],
  ['log-does-no-io', 'packages/log/src/breach-io.ts'],
  ['no-circle', 'server/src/cases/breach-circle-a.ts'],
  ['no-import-past-a-face', 'server/src/desk/breach-past-face.ts'],
  ['no-import-past-a-face', 'server/src/procedure/moderation/breach-past-face.ts'],
  ['no-import-past-a-package-face', 'server/src/cases/breach-package-file.ts'],
  ['no-machine-without-suffix', 'server/src/cases/breach-node.ts'],
  ['nouns-ask-questions', 'server/src/cases/breach-append.ts'],
  ['nouns-ask-questions', 'server/src/cases/breach-verb.ts'],
  ['only-http-files', 'server/src/cases/breach-fastify.sql.ts'],
  ['only-jobs-files', 'server/src/cases/breach-runner.http.ts'],
  ['only-sql-files', 'server/src/cases/breach-kysely.ts'],
  ['packages-stand-alone', 'packages/log/src/breach-server.ts'],
  ['product-imports-no-test', 'server/src/cases/breach-test.ts'],
  ['resolves', 'server/src/cases/breach-unresolved.ts'],
  ['screening-is-pure', 'packages/screening/src/breach-node.ts'],
  ['server-knows-no-demo', 'server/src/cases/breach-demo.ts'],
  ['views-call-no-step', 'server/src/views/breach-step.ts'],
  ['views-only-read', 'server/src/views/breach-verb.ts'],
] as const;

describe('the boundaries', () => {
  test('each planted breach is found, and nothing that is right is called a breach', async () => {
    const found = (await structure(planted)).breaches.map(({ rule, from }) => `${rule} ${from}`).sort();
    expect(found).toEqual(breaches.map(([rule, from]) => `${rule} ${from}`).sort());
  });

  test('no rule goes without a planted breach', () => {
    const rules = new Set(boundaries().map(({ name }) => name?.replace(/[/].*/, '')));
    expect([...rules].sort()).toEqual([...new Set(breaches.map(([rule]) => rule))].sort());
  });

  test('a breach says what the rule asks for', async () => {
    const { breaches: found } = await structure(planted);
    expect(found.find(({ from }) => from.endsWith('cases/breach-verb.ts'))?.why).toBe('of policy another noun imports only questions.ts');
    expect(found.filter(({ why }) => why === '')).toEqual([]);
  });

  test('a file that the cruise did not see is named, so that a blind cruise does not pass', async () => {
    const { seen } = await structure(planted);
    expect(unseen(seen, ['server/src/cases/case.ts', 'server/src/cases/of-tomorrow.ts'])).toEqual(['server/src/cases/of-tomorrow.ts']);
    expect(unseen(new Set(), ['server/src/cases/case.ts'])).toEqual(['server/src/cases/case.ts']);
  });
});
