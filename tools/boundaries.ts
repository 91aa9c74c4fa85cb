import type { IForbiddenRuleType } from 'dependency-cruiser';
import { above, adapters, floor, nouns, procedureTables, questions, ranks, rooms } from './ranks.ts';

const src = '^server/src/';
const tests = '[.]test[.]ts$|^server/test/|/test/';
const literal = (text: string): string => text.replaceAll('.', '[.]');
const one = (names: readonly string[]): string => `(${names.map(literal).join('|')})`;
/** A rank is a folder, or (main.ts) one file. */
const within = (names: readonly string[]): string =>
  `${src}(${names.map((name) => (name.endsWith('.ts') ? `${literal(name)}$` : `${name}/`)).join('|')})`;
const npm = (packages: readonly string[]): string => `(^|/)node_modules/(@types/)?(${packages.join('|')})/`;
const face = (noun: string): readonly string[] => questions[noun] ?? ['questions.ts'];

function rule(name: string, comment: string, from: object, to: object): IForbiddenRuleType {
  return { name, comment, severity: 'error', from: { pathNot: tests, ...from }, to } as IForbiddenRuleType;
}

/** No folder imports one of its own rank or of a rank to its right. */
function direction(): IForbiddenRuleType[] {
  return ranks.flatMap((row, rank) =>
    row.flatMap((name) => {
      const rest = [...row.filter((other) => other !== name), ...ranks.slice(rank + 1).flat()];
      if (rest.length === 0) return [];
      return [
        rule(
          `direction/${name}`,
          `${name} may import only from its left in tools/ranks.ts`,
          { path: within([name]) },
          { path: within(rest) },
        ),
      ];
    }),
  );
}

/** Nouns ask nouns questions; everybody else comes in by the face. */
function faces(): IForbiddenRuleType[] {
  return nouns.flatMap((noun) => {
    const asked = `${src}${noun}/${one(face(noun))}$`;
    const verbs = `${src}${noun}/${one([...face(noun), 'index.ts'])}$`;
    const others = nouns.filter((other) => other !== noun);
    const to = (allowed: string): object => ({ path: within([noun]), pathNot: allowed });
    return [
      rule(
        `nouns-ask-questions/${noun}`,
        `of ${noun} another noun imports only ${face(noun).join(', ')}`,
        { path: within(others) },
        to(asked),
      ),
      rule(`views-only-read/${noun}`, `of ${noun} a view imports only ${face(noun).join(', ')}`, { path: within(['views']) }, to(asked)),
      rule(
        `no-import-past-a-face/${noun}`,
        `of ${noun} only index.ts and ${face(noun).join(', ')} are its face`,
        { path: within(above.filter((name) => name !== 'views' && name !== 'main.ts')) },
        to(verbs),
      ),
    ];
  });
}

/** The suffix is the room: which file may speak to the database, the wire, the runner, the machine. */
function suffixes(): IForbiddenRuleType[] {
  const free = [tests, `${src}(${floor}/|main[.]ts$|${adapters.join('|')})`];
  const rules = rooms.map(({ suffix, packages }) =>
    rule(
      `only-${suffix}-files`,
      `only *.${suffix}.ts imports ${packages.join(', ')}`,
      { path: src, pathNot: [...free, `[.]${suffix}[.]ts$`] },
      { path: npm(packages) },
    ),
  );
  const plain = { path: within([...nouns, 'procedure', 'views']), pathNot: [...free, `[.]${one(rooms.map((room) => room.suffix))}[.]ts$`] };
  return [
    ...rules,
    rule('no-machine-without-suffix', 'a file without suffix imports no node: module', plain, { dependencyTypes: ['core'] }),
  ];
}

/** What may leave the house stands alone; what stands outside the house uses its doors. */
function packages(): IForbiddenRuleType[] {
  const io = '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|os|readline|process)(/|$)';
  return [
    rule(
      'packages-stand-alone',
      'a package imports nothing of the product',
      { path: '^packages/' },
      { path: '^(server|demo|bench|tools)/' },
    ),
    rule('demo-uses-the-api', 'Warung knows Perisai only over HTTP', { path: '^demo/' }, { path: '^(server|bench|tools)/' }),
    rule(
      'server-knows-no-demo',
      'the product imports no demo, bench or tool; only the command line, and its tests, play with Warung',
      { path: '^server/', pathNot: '^server/(src/cli|test)/' },
      { path: '^(demo|bench|tools)/' },
    ),
    rule(
      'no-import-past-a-package-face',
      'a package is imported by what its package.json exports',
      { path: '^(server|demo|bench)/' },
      {
        path: '^packages/[^/]+/',
        pathNot: '^packages/[^/]+/src/(index|bin/run)[.]ts$',
      },
    ),
    rule(
      'screening-is-pure',
      'packages/screening has no file, network, process or clock',
      { path: '^packages/screening/src/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'log-does-no-io',
      'packages/log does IO only in its one bin file',
      { path: '^packages/log/src/', pathNot: [tests, '/bin[^/]*[.]ts$|/bin/'] },
      { path: io },
    ),
  ];
}

/** All rules of the house, for dependency-cruiser, made from the tables in ranks.ts. */
export function boundaries(): IForbiddenRuleType[] {
  const tables = [`${src}procedure/${one(procedureTables)}$`, `${src}procedure/[^/]+/${one(procedureTables)}$`];
  return [
    ...direction(),
    ...faces(),
    ...suffixes(),
    ...packages(),
    rule(
      'views-call-no-step',
      'of procedure a view reads only its tables',
      { path: within(['views']) },
      { path: within(['procedure']), pathNot: tables },
    ),
    rule(
      'every-folder-has-a-rank',
      'a folder of server/src stands in tools/ranks.ts',
      { path: src, pathNot: [tests, within(ranks.flat())] },
      {},
    ),
    rule('product-imports-no-test', 'product code imports no test support', { path: '^(server/src|packages|demo/src)/' }, { path: tests }),
    { name: 'no-circle', comment: 'no circles, none by type either', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolves', comment: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ];
}
