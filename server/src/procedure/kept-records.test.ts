import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLeaf, leafHash, openingHolds, parseCanonical } from '@perisai/log';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../test/database.ts';
import { lastOf, playEveryKind, prelude } from '../../test/every-kind.ts';
import { testHouse } from '../../test/house.ts';
import { look } from '../../test/look.ts';
import * as appeals from '../appeals/index.ts';
import { connectPools } from '../foundation/db/pools.ts';
import { openDatabase } from '../foundation/db/transaction.ts';
import { type Kind, kinds, schemaPath, schemaText } from '../records/index.ts';
import { upcast } from '../records/kinds/upcast.ts';
import { retell, type Told, tell } from '../records/retell.ts';
import { fold } from './fold.ts';

/** Schemas and samples of every kind and version there ever was, in `catalogue/records/`, for ever. */
const kept = fileURLToPath(new URL('../../../catalogue/records', import.meta.url));

type Line = Pick<Told, 'line' | 'openings'>;
interface Sample extends Line {
  /** Hex of the leaf's hash, as it was sealed. */
  readonly leaf: string;
  /** What has to be told before, beside the samples of earlier records. */
  readonly before?: readonly Line[];
}

const all = Object.keys(kinds) as Kind[];
const versions = readdirSync(kept)
  .filter((kind) => kind !== 'samples')
  .flatMap((kind) =>
    readdirSync(join(kept, kind)).map((file) => ({ kind, version: file.replace('.schema.json', ''), schema: join(kept, kind, file) })),
  );
const samplePath = (kind: string, version: string | number) => join(kept, 'samples', `${kind}.${version}.json`);
const sampleOf = (kind: string, version: string | number) => JSON.parse(readFileSync(samplePath(kind, version), 'utf8')) as Sample;

beforeAll(async () => {
  // `PERISAI_KEEP_SAMPLES=1 npx vitest run …/kept-records.test.ts` adds what is not kept yet; what is kept it leaves alone.
  if (process.env['PERISAI_KEEP_SAMPLES']) await keepSamples();
});

test.each(all)('the schema of %s is kept as the code has it: another shape is another version', (kind) => {
  expect(existsSync(join(kept, schemaPath(kind))), `npm run docs writes catalogue/records/${schemaPath(kind)}`).toBe(true);
  expect(readFileSync(join(kept, schemaPath(kind)), 'utf8')).toBe(schemaText(kind));
});

test.each(all)('every version of %s up to today’s is kept, with a sample', (kind) => {
  const wanted = Array.from({ length: kinds[kind].version }, (_, i) => String(i + 1));
  expect(
    versions
      .filter((one) => one.kind === kind)
      .map(({ version }) => version)
      .sort(),
  ).toEqual(wanted.sort());
  for (const version of wanted) expect(existsSync(samplePath(kind, version)), samplePath(kind, version)).toBe(true);
});

describe.each(versions)('the kept sample of $kind $version', ({ kind, version, schema }) => {
  test('has the form of a leaf and the hash that was sealed', () => {
    const { line, leaf } = sampleOf(kind, version);
    const record = checkLeaf(parseCanonical(line));
    expect(`${record.kind} ${record.version}`).toBe(`${kind} ${version}`);
    expect(Buffer.from(leafHash(Buffer.from(line))).toString('hex')).toBe(leaf);
  });

  test('holds what its openings say, and fits the schema that is kept, values included', () => {
    const { line, openings } = sampleOf(kind, version);
    const record = checkLeaf(parseCanonical(line));
    const ajv = new Ajv2020({ strict: false });
    const shape = JSON.parse(readFileSync(schema, 'utf8')) as { properties: Record<string, { 'x-secret'?: { value: object } }> };
    expect(ajv.compile(shape)(record.payload)).toBe(true);
    for (const opening of openings) {
      expect(openingHolds(record, { id: record.id, ...opening })).toBe(true);
      const value = shape.properties[opening.field.replace('/payload/', '')]?.['x-secret']?.value as object;
      expect(ajv.compile(value)(opening.value)).toBe(true);
    }
  });
});

test.each(versions.filter(({ kind, version }) => Number(version) < kinds[kind as Kind].version))(
  'what $kind $version says is told in today’s words',
  ({ kind, version }) => {
    const { line, openings } = sampleOf(kind, version);
    const record = checkLeaf(parseCanonical(line));
    const opened = Object.fromEntries(openings.map(({ field, value }) => [field.replace('/payload/', ''), value]));
    const told = upcast(kind as Kind, Number(version), { ...record.payload, ...opened }, record);
    expect(new Ajv2020({ strict: false }).compile(kinds[kind as Kind].payload)(told)).toBe(true);
  },
);

test('the fold takes every kept sample, the oldest version too', async () => {
  const database = await freshDatabase();
  const fresh = openDatabase(connectPools({ url: database.url }));
  try {
    const samples = versions.map(({ kind, version }) => sampleOf(kind, version));
    const idOf = ({ line }: Line) => checkLeaf(parseCanonical(line)).id;
    const before = samples.flatMap((sample) => sample.before ?? []);
    // Several samples may bring the same record along.
    const lines = new Map([...before, ...samples].map((told) => [idOf(told), told]));
    for (const [, told] of [...lines].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await fresh.begin('jobs', async (tx) => fold(await retell({ index: null, line: told.line, openings: told.openings }, tx)));
    }
    const last = checkLeaf(parseCanonical(sampleOf('appeal.decided', 1).line)).payload['appeal'] as string;
    expect(await fresh.begin('jobs', (tx) => appeals.appeal(tx, last))).toMatchObject({ id: last, state: 'decided', outcome: 'upheld' });
  } finally {
    await fresh.end();
    await database.drop();
  }
});

async function keepSamples(): Promise<void> {
  const unkept = all.filter((kind) => !existsSync(samplePath(kind, kinds[kind].version)));
  if (unkept.length === 0) return;
  // A life of its own each time, so that its ids are nobody else's: what a sample needs before it, it brings along (`prelude`).
  const life = await testHouse({ seed: `samples of ${unkept.join(', ')}` });
  try {
    await playEveryKind(life);
    const rows = await look(life).query<{ id: string; kind: Kind; case_id: string | null }>(
      'select id, kind, case_id from records.record order by id',
    );
    const told = (id: string) =>
      life.db.begin('doors', async (tx) => {
        const { line, openings } = (await tell(life, tx, id)) as NonNullable<Awaited<ReturnType<typeof tell>>>;
        return { line, openings };
      });
    for (const kind of unkept) {
      const happened = rows.filter((one) => one.kind === kind);
      const row = lastOf.has(kind) ? happened.at(-1) : happened[0];
      const path = samplePath(kind, kinds[kind].version);
      if (!row) throw new Error(`no ${kind} happens in server/test/every-kind.ts: let one happen there`);
      const earlier = rows
        .filter((one) => one.case_id === row.case_id && one.id < row.id && prelude[kind]?.includes(one.kind))
        .map(({ id }) => id);
      const sample = await told(row.id);
      const leaf = Buffer.from(leafHash(Buffer.from(sample.line))).toString('hex');
      const before = await Promise.all(earlier.map(told));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify({ leaf, ...sample, ...(before.length > 0 && { before }) }, null, 2)}\n`);
    }
  } finally {
    await life.close();
  }
}
