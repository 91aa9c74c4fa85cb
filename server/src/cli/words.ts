import { UsageError } from './command.ts';

/** `verb` of `perisai NOUN VERB …`, done by the function that stands under its name. @throws UsageError for none or another */
export function verbOf<Verb extends string>(noun: string, verbs: Readonly<Record<Verb, (args: string[]) => Promise<number>>>) {
  return (args: string[]): Promise<number> => {
    const [verb, ...rest] = args;
    const known = Object.keys(verbs) as Verb[];
    const named = known.find((one) => one === verb);
    if (named === undefined)
      throw new UsageError(
        verb === undefined
          ? `perisai ${noun} needs one of: ${known.join(', ')}.`
          : `There is no “perisai ${noun} ${verb}”: ${known.join(', ')}.`,
      );
    return verbs[named](rest);
  };
}

/** @throws UsageError where an option that is needed is missing */
export function needed<Options extends Readonly<Record<string, unknown>>, Name extends keyof Options & string>(
  options: Options,
  ...names: Name[]
): Record<Name, string> {
  const missing = names.filter((name) => typeof options[name] !== 'string' || options[name] === '');
  if (missing.length > 0) throw new UsageError(`Missing: ${missing.map((name) => `--${name}`).join(', ')}.`);
  return options as unknown as Record<Name, string>;
}

/** One word of a list. @throws UsageError */
export function oneOfWords<const Words extends readonly string[]>(given: string, words: Words, option: string): Words[number] {
  const found = words.find((word) => word === given);
  if (found === undefined) throw new UsageError(`--${option} is one of ${words.join(', ')}, not “${given}”.`);
  return found;
}

/** Words parted by commas, each of a list. @throws UsageError */
export function listOfWords<const Words extends readonly string[]>(given: string, words: Words, option: string): Words[number][] {
  return [...new Set(given.split(',').map((part) => oneOfWords(part.trim(), words, option)))];
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30m`, `24h`, `7d` in milliseconds. @throws UsageError */
export function duration(given: string, option: string): number {
  const [, number, unit] = /^(\d{1,5})([mhd])$/.exec(given) ?? [];
  if (number === undefined) throw new UsageError(`--${option} is a time such as 30m, 24h or 7d, not “${given}”.`);
  return Number(number) * units[unit as keyof typeof units];
}

/** Columns as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
