import type { Feed, Row } from './feed.ts';
import { readLabel } from './labels.ts';
import { type Line, readLines, textFault } from './lines.ts';

/** Label, tab, text; a header line is passed over. What follows the first tab is text, further tabs too. */
export async function openTsv(path: string): Promise<Feed> {
  const lines = (await readLines(path)).filter(({ text }) => text !== '');
  if (/^(label|class|category)\t/i.test(lines[0]?.text ?? '')) lines.shift();
  return {
    what: 'messages with labels (tsv)',
    total: lines.length,
    async *rows() {
      for (const line of lines) yield readRow(path, line);
    },
  };
}

function readRow(path: string, { number, text }: Line): Row {
  const place = `${path}:${number}`;
  if (text === null) return { place, unreadable: 'it is not UTF-8' };
  const tab = text.indexOf('\t');
  if (tab === -1) return { place, unreadable: 'there is no tab between label and text' };
  const said = text.slice(tab + 1);
  const fault = textFault(said);
  return fault === null ? { place, item: { text: said, label: readLabel(text.slice(0, tab)) } } : { place, unreadable: fault };
}
