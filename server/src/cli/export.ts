import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NoteError, openCheckpoint } from '@perisai/log';
import * as cases from '../cases/index.ts';
import { Problem } from '../foundation/http/problems.ts';
import { createZip } from '../foundation/zip.ts';
import { noteExport } from '../procedure/export/note.ts';
import type { House } from '../procedure/house.ts';
import { type ExportRequest, type Spine, writeExport } from '../records/index.ts';
import { type Command, say, UsageError } from './command.ts';
import { configuration, inHouse } from './house.ts';
import { memberNamed } from './staff.ts';

/** `perisai export`: records leave the house with what proves them. Works beside a Perisai that runs, and without one. */
export const exportRecords: Command = {
  name: 'export',
  takes: 'FILE.zip [--case ID] [--from N --to N] [--openings --by LOGIN --reason WORDS] [--since NOTE]',
  does: 'writes records of the log with their proofs, for anybody to verify',
  help: `--case ID     only the records of this case
--from, --to  only records from this index on, up to the other one, which is not in it
--openings    also what the records only commit to, and kept media: personal data leaves the house with it.
              Needs an administrator or compliance officer who answers for it (--by), and why (--reason)
--since NOTE  a file with an earlier checkpoint: shows that today's log continues it

Each export is on record (export.made) before it is written. Nothing lies at FILE.zip until it is whole; a file that is there already is left
alone.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        case: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        openings: { type: 'boolean', default: false },
        by: { type: 'string' },
        reason: { type: 'string', default: '' },
        since: { type: 'string' },
      },
    });
    const [named] = positionals;
    if (named === undefined || positionals.length > 1) throw new UsageError('Name one file to write, FILE.zip.');
    const path = resolve(named);
    if (existsSync(path)) throw new UsageError(`${path} is there already: name another file, or take it away.`);
    const from = index('--from', values.from);
    const to = index('--to', values.to);
    if (from !== undefined && to !== undefined && from >= to) throw new UsageError('--to must be greater than --from.');
    if (values.openings && (values.by === undefined || values.reason.trim() === ''))
      throw new UsageError(
        'Texts and media of people leave the house with --openings: say who answers for it (--by LOGIN) and why (--reason).',
      );
    const request: ExportRequest = {
      openings: values.openings,
      onProgress: progress(),
      ...(values.case === undefined ? {} : { case: caseId(values.case) }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(values.since === undefined ? {} : { since: await note(values.since) }),
    };
    demandInstallation();
    const { records, size } = await inHouse(async (house) => {
      await demandWhatIsAsked(house, request, values.since);
      const by = values.by === undefined ? null : await memberNamed(house, values.by);
      // What was sealed of nobody can leave a house whose log refuses, to be looked at.
      if (request.openings || house.gate.open) await noteExport(house, { ...request, by, reason: values.reason });
      return exportTo(house, path, request);
    });
    if (records === 0) {
      await rm(path);
      throw new UsageError(`No record lies there: the log has ${size}, from 0 to ${size - 1}. Nothing was written.`);
    }
    say(`${path}: ${records.toLocaleString('en')} records of a log of ${size.toLocaleString('en')}. Check it: perisai verify ${named}`);
    return 0;
  },
};

/** Writes an export to a file; takes away what was begun where it fails. */
export async function exportTo(spine: Spine, path: string, request: ExportRequest): Promise<{ records: number; size: number }> {
  const zip = await createZip(path, spine.clock.now());
  try {
    return await writeExport(spine, zip, request);
  } catch (error) {
    await zip.abort();
    throw error;
  }
}

function index(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,15}$/.test(given)) throw new UsageError(`${option} takes the index of a record, a whole number from 0, not ${given}.`);
  return Number(given);
}

function caseId(given: string): string {
  const id = given.toLowerCase();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new UsageError(`--case takes the id of a case, not ${given}.`);
  return id;
}

async function note(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The checkpoint ${path} cannot be read (${error.code}).`);
  });
}

/** @throws Problem `case-unknown` @throws UsageError where the note is no checkpoint of this log */
async function demandWhatIsAsked({ db, signer }: House, { case: id, since }: ExportRequest, notePath?: string): Promise<void> {
  if (id !== undefined && !(await db.begin('doors', (tx) => cases.caseOf(tx, id))))
    throw new Problem('case-unknown', `There is no case ${id}.`);
  try {
    if (since !== undefined) openCheckpoint(since, signer.vkey);
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    throw new UsageError(`${notePath} is no checkpoint of this log: it ${error.message}.`);
  }
}

/** To export makes no installation where there is none. */
function demandInstallation(): void {
  const { databaseUrl, dataDir } = configuration();
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'database.json')))
    throw new UsageError(`There is no installation in ${dataDir}: set PERISAI_DATA_DIR to its data folder.`);
}

/** A line a second on standard error. */
function progress(): (records: number) => void {
  let last = Date.now();
  return (records) => {
    if (Date.now() - last < 1_000) return;
    last = Date.now();
    process.stderr.write(`  ${records.toLocaleString('en')} records written\n`);
  };
}
