import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ExportError } from '../export/failure.ts';
import type { ExportReport } from '../export/verify.ts';
import { verifyExport } from '../export/verify.ts';
import { NoteError, parseVkey } from '../note.ts';
import { openFolder } from './folder.ts';
import { openZip } from './zip.ts';

/** Where the program writes: the verdict to `out`, progress and failures to `err`. Whole lines, without line end. */
export interface Printer {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const usage = `usage: perisai-verify EXPORT [--vkey FILE] [--json]

  EXPORT       a records export: the zip file, or the folder it was unpacked to (the one with bagit.txt)
  --vkey FILE  the log's verifier key, got elsewhere than from the export; the export's must be the same
  --json       print the result as one line of JSON

Exit code 0: all of it holds. 1: it does not; the first file and line that fails is named. 2: called wrongly.`;

class UsageError extends Error {}

/**
 * The program `perisai-verify`.
 * @param args what follows the program's name.
 * @returns the exit code.
 */
export async function run(args: readonly string[], { out, err }: Printer): Promise<0 | 1 | 2> {
  let json = false;
  try {
    const call = await readCall(args);
    json = call.json;
    if (call.help) {
      out(usage);
      return 0;
    }
    const report = await verifyAt(call.path, call.isFolder, call.vkey, (n) => err(`${n} records verified …`));
    out(json ? JSON.stringify({ ok: true, ...report }) : verdict(report));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${error.message}\n\n${usage}`);
      return 2;
    }
    if (!(error instanceof ExportError)) throw error;
    const { code, file, line, reason } = error;
    if (json) out(JSON.stringify({ ok: false, code, file, line, reason }));
    err(`failed: ${error.message}`);
    return 1;
  }
}

async function readCall(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const { vkey, json = false, help = false } = values;
  const [path = ''] = positionals;
  if (help) return { help, json, path, isFolder: false, vkey: undefined };
  if (positionals.length !== 1) throw new UsageError('name one export');
  return { help, json, path, isFolder: await isFolder(path), vkey: vkey === undefined ? undefined : await readKey(vkey) };
}

function parse(args: readonly string[]) {
  try {
    const options = { vkey: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    throw new UsageError(`there is no ${path}`);
  }
}

async function readKey(file: string): Promise<string> {
  try {
    const vkey = (await readFile(file, 'utf8')).trim();
    parseVkey(vkey);
    return vkey;
  } catch (error) {
    const why = error instanceof NoteError ? error.message : 'cannot be read';
    throw new UsageError(`the key file ${file} ${why}`);
  }
}

async function verifyAt(path: string, folder: boolean, vkey: string | undefined, onProgress: (n: number) => void): Promise<ExportReport> {
  const source = folder ? openFolder(path) : await openZip(path);
  try {
    return await verifyExport(source, vkey === undefined ? { onProgress } : { vkey, onProgress });
  } finally {
    await source.close();
  }
}

function verdict(report: ExportReport): string {
  const lines = [
    `verified: ${report.records} records, checkpoint size ${report.size}, origin ${report.origin}, ${report.openings} openings, ${report.media} media files`,
    `root      ${report.root}`,
    `key       ${report.vkey}`,
    report.keyCompared
      ? '          the same as the key that was given'
      : '          not compared: give --vkey FILE with the key got from elsewhere',
  ];
  if (report.oldSize !== null) lines.push(`continues the checkpoint of size ${report.oldSize}`);
  if (report.backDated > 0)
    lines.push(`note: ${report.backDated} records were recorded more than 60 s before an earlier one in the log: a sign of back-dating`);
  return lines.join('\n');
}
