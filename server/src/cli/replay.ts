import { parseArgs } from 'node:util';
import { type Command, say, UsageError } from './command.ts';
import { type Feed, FeedError } from './replay/feed.ts';
import type { Figures } from './replay/figures.ts';
import { openFeed } from './replay/open-feed.ts';
import { configuredPlace, freshPlace, type Place } from './replay/place.ts';
import type { Seen } from './replay/play.ts';
import { readFigures, replayInto } from './replay/run.ts';
import { type Sum, scores, sums, total } from './replay/sums.ts';
import { rulesText, tables } from './replay/tables.ts';

/** `perisai replay`: outside traffic as a provider's feed, through the same door, with everything that follows. */
export const replay: Command = {
  name: 'replay',
  takes: 'PATH [--limit N] [--fresh] [--json]',
  does: 'feeds outside traffic through the HTTP door and shows what becomes of it',
  help: `PATH is a .tsv file (label, tab, text), a .csv file with a header, or a folder of pictures.
--limit N  reads the first N rows only
--fresh    plays on a temporary database that is thrown away at the end
--json     the last line printed is one JSON object with the figures

Exit code 0: every figure adds up. Rows that can't be read are named and counted, and cost nothing but themselves.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { limit: { type: 'string' }, fresh: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw new UsageError('Name one file or folder to replay.');
    const limit = values.limit === undefined ? Number.MAX_SAFE_INTEGER : Number(values.limit);
    if (!Number.isSafeInteger(limit) || limit < 1) throw new UsageError(`--limit takes a whole number from 1, not ${values.limit}.`);
    try {
      const feed = await openFeed(path);
      const rows = Math.min(feed.total, limit);
      const tell = values.json ? whisper : say;
      tell(`${path}: ${feed.what}, ${rows.toLocaleString('en')} of ${feed.total.toLocaleString('en')} rows.\n`);
      tell(`${rulesText()}\n`);
      const played = await playIn(values.fresh ? freshPlace : configuredPlace, feed, rows);
      return account(played, path, values.json);
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      whisper(error.message);
      return 1;
    }
  },
};

interface Played {
  readonly seen: Seen;
  readonly figures: Figures;
  readonly seconds: number;
}

async function playIn(open: () => Promise<Place>, feed: Feed, rows: number): Promise<Played> {
  const place = await open();
  try {
    const { seen, before, seconds } = await replayInto(feed, { ...place, limit: rows, onProgress: progress(rows) });
    await place.stopPerisai();
    return { seen, seconds, figures: await readFigures(place, place.fresh ? 0 : before) };
  } finally {
    await place.stop();
  }
}

/** Prints what became of it. @returns the exit code: 1 where two ways of counting disagree, or nothing was screened */
function account({ seen, figures, seconds }: Played, path: string, json: boolean): number {
  const counted = sums(seen, figures);
  const broken = counted.filter(({ left, right }) => left !== right);
  if (!json) say(tables(seen, figures, seconds));
  nameUnreadable(seen);
  if (seen.items === 0) whisper(`${path}: not one of its rows could be screened.`);
  for (const sum of broken) whisper(`The figures do not add up: ${sumText(sum)}.`);
  if (json) say(JSON.stringify(summary(seen, figures)));
  else if (broken.length === 0)
    say(`\nEvery figure adds up: what was answered, what the tables say and what the records say (${counted.length} sums).`);
  return broken.length === 0 && seen.items > 0 ? 0 : 1;
}

const sumText = ({ says, left, right }: Sum) => `${says}, but ${left} ≠ ${right}`;

function summary(seen: Seen, { actions, decisions, sealed }: Figures) {
  const { ordered: waiting = 0, acknowledged = 0, moot = 0, superseded = 0 } = actions;
  return {
    items: seen.items,
    verdicts: seen.verdicts,
    cases: seen.cases.size,
    decisions: total(decisions),
    actions: { acknowledged, moot, superseded, waiting },
    records: sealed,
    labels: scores(seen),
  };
}

function nameUnreadable({ unreadable }: Seen): void {
  for (const { place, why } of unreadable) whisper(`${place}: this row was passed over, because ${why}.`);
  if (unreadable.length > 0) whisper(`${unreadable.length} rows were passed over; all others were screened.`);
}

/** A line a second on standard error. */
function progress(rows: number): (done: number, seen: Seen) => void {
  const began = Date.now();
  let last = began;
  return (done, seen) => {
    const now = Date.now();
    if (now - last < 1_000 && done < rows) return;
    last = now;
    whisper(
      `  ${done.toLocaleString('en')} of ${rows.toLocaleString('en')} rows; cases: ${seen.cases.size.toLocaleString('en')}, decided: ${seen.decided.toLocaleString('en')} (${((now - began) / 1_000).toFixed(0)} s)`,
    );
  };
}

function whisper(line: string): void {
  process.stderr.write(`${line}\n`);
}
