import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as policy from '../../policy/index.ts';
import { confirmHelpLine, removeHelpLine, setHelpLine } from '../../procedure/help-lines/change.ts';
import { type Command, say, UsageError } from '../command.ts';
import { inHouse } from '../house.ts';
import { memberNamed } from '../staff.ts';
import { needed, table, verbOf } from '../words.ts';

/** `perisai help-line …`: the numbers that people are given on a hard day, as this installation knows them. */
export const helpLine: Command = {
  name: 'help-line',
  takes: 'list|confirm ID|set ID …|remove ID',
  does: 'shows, confirms and corrects the help lines that people are given',
  help: `perisai help-line list [--json]
perisai help-line confirm ID --by intan            you rang it today, and it is what it says
perisai help-line set ID --by intan --number 15999 another number, all else as it is
perisai help-line set ID --by intan --line FILE    number, tel, name, for, hours (each in ms, en, zh, ta), and harms where the line is new
perisai help-line remove ID --by intan             it is shown nowhere any more

What you set is shown once it is confirmed. It stands in the database, over what comes with the program, and no upgrade takes it back. Each
is a record in the name of whoever of the staff does it.`,
  run: verbOf('help-line', { list, confirm, set, remove }),
};

const options = { by: { type: 'string' } } as const;

async function list(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const lines = await inHouse((house) => house.db.begin('doors', (tx) => policy.helpLines(tx)));
  if (values.json) say(JSON.stringify(lines, null, 2));
  else
    say(
      table([
        ['line', 'number', 'name', 'hours', 'verified', 'shown'],
        ...lines.map((one) => [
          ...[one.id, one.number, one.name.en, one.hours.en, one.verified_at ?? 'never'],
          one.verify && one.verified_at === null ? 'no: confirm it first' : 'yes',
        ]),
      ]),
    );
  return 0;
}

async function confirm(args: string[]): Promise<number> {
  const { line, by } = given(args);
  await inHouse(async (house) => confirmHelpLine(house, await memberNamed(house, by), line));
  say(`${line} is verified today.`);
  return 0;
}

async function remove(args: string[]): Promise<number> {
  const { line, by } = given(args);
  await inHouse(async (house) => removeHelpLine(house, await memberNamed(house, by), line));
  say(`${line} is shown nowhere any more.`);
  return 0;
}

async function set(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...options, number: { type: 'string' }, line: { type: 'string' } },
  });
  const { by } = needed(values, 'by');
  const line = only(positionals);
  if (values.number === undefined && values.line === undefined) throw new UsageError('Say the number (--number), or name a file (--line).');
  const said = values.line === undefined ? {} : written(values.line);
  await inHouse(async (house) => {
    const known = (await house.db.begin('doors', (tx) => policy.helpLines(tx))).find(({ id }) => id === line);
    const number = values.number ?? said.number ?? known?.number ?? '';
    await setHelpLine(house, await memberNamed(house, by), {
      line,
      number,
      tel: values.number === undefined ? (said.tel ?? number.replaceAll(/[^0-9+]/g, '')) : number.replaceAll(/[^0-9+]/g, ''),
      harms: said.harms ?? (known?.harms as policy.SaidLine['harms'] | undefined) ?? null,
      name: (said.name ?? known?.name) as policy.Words,
      for: (said.for ?? known?.for) as policy.Words,
      hours: (said.hours ?? known?.hours) as policy.Words,
    });
  });
  say(`${line} is set. Ring it, then: perisai help-line confirm ${line} --by ${by}`);
  return 0;
}

function given(args: string[]): { line: string; by: string } {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  return { ...needed(values, 'by'), line: only(positionals) };
}

function only(positionals: readonly string[]): string {
  const [line] = positionals;
  if (line === undefined || positionals.length > 1) throw new UsageError('Name one help line: perisai help-line list.');
  return line;
}

function written(path: string): Partial<policy.SaidLine> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<policy.SaidLine>;
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${error instanceof SyntaxError ? 'it is none' : (error as Error).message}.`);
  }
}
