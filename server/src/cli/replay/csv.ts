import { parse } from 'csv-parse/sync';
import { type Feed, FeedError, type Row } from './feed.ts';
import { readLabel } from './labels.ts';
import { type Line, readLines, textFault } from './lines.ts';

/** What collections call their columns, the likeliest first. */
const textColumns = ['text', 'test_case', 'message', 'comment', 'content', 'body', 'sentence', 'post'];
const labelColumns = ['label', 'label_gold', 'gold', 'class', 'category', 'is_spam', 'hateful', 'offensive'];

/** Lines that one record may span: a quotation mark that is never closed must not swallow the rest of the file. */
const longestRecord = 200;

/** A file with a header (RFC 4180). A broken row costs itself: reading goes on with the next line. */
export async function openCsv(path: string): Promise<Feed> {
  const lines = await readLines(path);
  const records = [...readRecords(lines)];
  const header = records.shift();
  if (header === undefined) throw new FeedError(`${path} is empty: a .csv file begins with a header.`);
  const names = header.fields?.map((name) => name.trim().toLowerCase()) ?? [];
  const [textAt, labelAt] = [columnOf(names, textColumns), columnOf(names, labelColumns)];
  if (textAt === undefined)
    throw new FeedError(
      `${path}:1: no column holds the text. The header names ${names.map((name) => `“${name}”`).join(', ')}; one must be ${textColumns.join(', ')}.`,
    );
  return {
    what: labelAt === undefined ? 'texts (csv)' : `texts (csv), labels in the column “${names[labelAt]}”`,
    total: records.length,
    async *rows() {
      for (const record of records) yield readRow(path, record, names.length, textAt, labelAt);
    },
  };
}

/** The column that the likeliest name there is belongs to. */
function columnOf(names: readonly string[], known: readonly string[]): number | undefined {
  const name = known.find((one) => names.includes(one));
  return name === undefined ? undefined : names.indexOf(name);
}

function readRow(path: string, record: CsvRecord, width: number, textAt: number, labelAt: number | undefined): Row {
  const place = `${path}:${record.number}`;
  if (record.fields === null) return { place, unreadable: record.fault };
  const { fields } = record;
  if (fields.length !== width) return { place, unreadable: `it has ${fields.length} fields, the header ${width}` };
  const text = fields[textAt] ?? '';
  const fault = textFault(text);
  if (fault !== null) return { place, unreadable: fault };
  return { place, item: { text, label: labelAt === undefined ? null : readLabel(fields[labelAt] ?? '') } };
}

type CsvRecord = { readonly number: number } & ({ readonly fields: string[] } | { readonly fields: null; readonly fault: string });

/** Records with the line that each begins on. A record goes on to the next line as long as a quotation mark is open. */
function* readRecords(lines: readonly Line[]): Iterable<CsvRecord> {
  for (let at = 0; at < lines.length; ) {
    const record = readRecord(lines, at);
    if (record !== null) yield record.read;
    at += record?.lines ?? 1;
  }
}

/** Null for an empty line. What can't be read is one line long: the next may be in order. */
function readRecord(lines: readonly Line[], at: number): { readonly read: CsvRecord; readonly lines: number } | null {
  const number = lines[at]?.number as number;
  const bad = (fault: string) => ({ read: { number, fields: null, fault }, lines: 1 });
  let text = '';
  for (let more = 0; more < longestRecord; more++) {
    const line = lines[at + more];
    if (line === undefined) break;
    if (line.text === null) return more === 0 ? bad('it is not UTF-8') : bad('a quotation mark is not closed');
    if (more === 0 && line.text === '') return null;
    text += more === 0 ? line.text : `\n${line.text}`;
    if (openQuote(text)) continue;
    try {
      const [fields] = parse(text, { bom: false, relaxColumnCount: true }) as string[][];
      return { read: { number, fields: fields ?? [] }, lines: more + 1 };
    } catch (error) {
      return bad(`a quotation mark is misplaced (${(error as { code?: string }).code ?? 'unreadable'})`);
    }
  }
  return bad('a quotation mark is not closed');
}

function openQuote(text: string): boolean {
  return (text.split('"').length - 1) % 2 === 1;
}
