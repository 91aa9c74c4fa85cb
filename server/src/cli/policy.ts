import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as versions from '../policy/index.ts';
import { beginDraft, readDocument } from '../procedure/policy/index.ts';
import { type Command, say, UsageError } from './command.ts';
import { inHouse } from './house.ts';
import { memberNamed } from './staff.ts';
import { needed, table, verbOf } from './words.ts';

/** `perisai policy …`: the guidelines out as a file, and a file in as a draft. */
export const policy: Command = {
  name: 'policy',
  takes: 'list|export [VERSION] [--complete]|import FILE --as LOGIN',
  does: 'lists the versions of the guidelines, writes one out, takes a text in as a draft',
  help: `perisai policy list [--json]
perisai policy export [VERSION] > guidelines.json      the one in force, where no version is named
perisai policy export --complete > guidelines.json     with the clauses that came with later releases and are missing here
perisai policy import guidelines.json --as intan       - for FILE reads what is piped in

An import makes a draft of what is different from the newest version, written by whoever is named with --as: that person does not review
it. It is read, completed, reviewed and published at /desk/policy, as any other.`,
  run: verbOf('policy', { list, export: write, import: take }),
};

async function list(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const rows = await inHouse((house) => house.db.begin('doors', (tx) => versions.allVersions(tx)));
  if (values.json) say(JSON.stringify(rows, null, 2));
  else
    say(
      table([
        ['version', 'in force from', 'digest', 'mark'],
        ...rows.map(({ policy: version, inForceFrom, digest, singleHanded, withdrawnAt }) => [
          version,
          inForceFrom.toISOString(),
          digest.slice(0, 16),
          withdrawnAt ? 'withdrawn' : singleHanded ? 'single-handed until reviewed' : '',
        ]),
      ]),
    );
  return 0;
}

async function write(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { complete: { type: 'boolean', default: false } },
  });
  const [version] = positionals;
  const found = await inHouse((house) =>
    house.db.begin('doors', (tx) => (version === undefined ? versions.inForce(tx, house.clock.now()) : versions.named(tx, version))),
  );
  if (!found) throw new UsageError(`There is no version ${version}: perisai policy list.`);
  const lacking = values.complete ? versions.laterClauses.filter(({ id }) => !found.clauseOf(id)) : [];
  say(JSON.stringify({ ...found.document, clauses: [...found.clauses, ...lacking] }, null, 2));
  return 0;
}

async function take(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { as: { type: 'string' } } });
  const { as } = needed(values, 'as');
  const [file] = positionals;
  if (file === undefined) throw new UsageError('Name the file, or - for what is piped in.');
  const wanted = readDocument(readFileSync(file === '-' ? 0 : file, 'utf8'));
  if (wanted === null) throw new UsageError('This is no text of guidelines as “perisai policy export” writes it.');
  const { id, draft } = await inHouse(async (house) => {
    const made = await beginDraft(house, await memberNamed(house, as), wanted);
    return { id: made, draft: await house.db.begin('doors', (tx) => versions.findDraft(tx, made)) };
  });
  say(`A draft with ${draft?.changes.clauses.length} changed clauses: /desk/policy/${id}`);
  return 0;
}
