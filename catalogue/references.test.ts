import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import harmsFile from './harms.json' with { type: 'json' };
import helpLinesFile from './help-lines.json' with { type: 'json' };
import instrumentsFile from './instruments.json' with { type: 'json' };
import policy from './policy/1.json' with { type: 'json' };
import later from './policy/later.json' with { type: 'json' };
import reasonsFile from './reasons.json' with { type: 'json' };

interface Reason {
  readonly id: string;
  readonly harm: string;
  readonly clause: string;
  readonly severity: string;
  readonly act: readonly string[];
  readonly dsa: { readonly category: string; readonly keyword: string | null };
  readonly unconfirmed?: string;
  readonly helpLines?: readonly string[];
}

const reasons = reasonsFile.reasons as Reason[];
const { harms } = harmsFile;
const clauses = [...policy.clauses, ...later.clauses];
const { kinds } = instrumentsFile.harmfulContent;
const annex = new URL('../../shared/data/dsa-annex-i/part_2_categories_names.csv', import.meta.url);

const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);
const lines = ids(helpLinesFile.lines);
const instruments = ids(instrumentsFile.instruments);

/** What one file names and another does not have. */
const unknown = (named: readonly string[], known: readonly string[]): string[] => named.filter((id) => !known.includes(id));

describe('the reasons', () => {
  test('are at least forty, and at least four a harm', () => {
    expect(reasons.length).toBeGreaterThanOrEqual(40);
    for (const { id } of harms) expect(reasons.filter((reason) => reason.harm === id).length, id).toBeGreaterThanOrEqual(4);
    expect(
      unknown(
        reasons.map(({ harm }) => harm),
        ids(harms),
      ),
    ).toEqual([]);
  });

  test('each lead to a clause of their own harm, and every clause is reached', () => {
    for (const { id, harm, clause } of reasons) expect(clauses.find((each) => each.id === clause)?.harm, id).toBe(harm);
    expect(
      unknown(
        ids(clauses),
        reasons.map(({ clause }) => clause),
      ),
    ).toEqual([]);
  });

  test('name kinds of the First Schedule, and between them all nine', () => {
    expect(kinds).toHaveLength(9);
    expect(new Set(reasons.flatMap(({ act }) => act))).toEqual(new Set(ids(kinds)));
    for (const { id, act, unconfirmed } of reasons)
      if (act.length === 0) expect(unconfirmed, `${id} says why it is of no kind`).toBeTruthy();
  });

  test('of a priority kind stand under a priority harm, and no others do', () => {
    const first = new Set(kinds.filter(({ priority }) => priority).map(({ id }) => id));
    const harmIsFirst = new Map(harms.map(({ id, priority }) => [id, priority]));
    for (const { id, harm, act } of reasons)
      expect(
        act.some((kind) => first.has(kind)),
        id,
      ).toBe(harmIsFirst.get(harm));
  });

  test('go from the most urgent to the least within a harm, and the harms in their order', () => {
    const order = reasons.map(({ harm, severity }) => {
      const rank = reasonsFile.severities.indexOf(severity);
      expect(rank).toBeGreaterThanOrEqual(0);
      return ids(harms).indexOf(harm) * 10 + rank;
    });
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('name a category and a keyword of the statement of reasons that belong together', (context) => {
    if (!existsSync(annex))
      return context.skip('skipped: Annex I of the DSA template is not beside this checkout (../shared/data/dsa-annex-i)');
    const keywords = new Map<string, Set<string>>();
    let category = '';
    for (const [word] of readFileSync(annex, 'utf8').matchAll(/STATEMENT_CATEGORY_\w+|KEYWORD_\w+/g)) {
      if (word.startsWith('STATEMENT')) category = word;
      keywords.set(category, (keywords.get(category) ?? new Set()).add(word));
    }
    for (const { id, dsa } of reasons) {
      expect(keywords.has(dsa.category), `${id}: ${dsa.category}`).toBe(true);
      if (dsa.keyword) expect(keywords.get(dsa.category), `${id}: ${dsa.keyword}`).toContain(dsa.keyword);
    }
    for (const { id, dsa } of harms) expect(keywords.has(dsa), id).toBe(true);
  });
});

describe('across the catalogue', () => {
  test('ids are dotted words with hyphens, each once in its list', () => {
    const lists = { reasons, harms, clauses, kinds, lines: helpLinesFile.lines, instruments: instrumentsFile.instruments };
    for (const [name, list] of Object.entries(lists)) {
      expect(new Set(ids(list)).size, name).toBe(list.length);
      for (const id of ids(list)) expect(id, name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/);
    }
  });

  test('harms name kinds of the Act and help lines that exist; so do reasons that have lines of their own', () => {
    for (const { id, act, helpLines } of harms) expect([...unknown(act, ids(kinds)), ...unknown(helpLines, lines)], id).toEqual([]);
    for (const { id, helpLines } of reasons) expect(unknown(helpLines ?? [], lines), id).toEqual([]);
  });

  test('a reason about a person in danger shows the police among its help lines', () => {
    const atRisk = reasons.find(({ id }) => id === 'child.at-risk');
    expect(atRisk?.helpLines).toEqual(expect.arrayContaining(['police', 'befrienders', 'heal']));
  });

  test('clauses, instruments and kinds cite instruments that exist', () => {
    for (const { id, cites } of clauses) expect([cites.length > 0, ...unknown(cites, instruments)], id).toEqual([true]);
    for (const each of instrumentsFile.instruments) {
      expect(unknown('under' in each ? [each.under as string] : [], instruments), each.id).toEqual([]);
      expect(Object.keys(instrumentsFile.certainties), each.id).toContain(each.certainty);
      expect(each.sources.length, each.id).toBeGreaterThan(0);
    }
    expect(
      unknown(
        kinds.flatMap((kind) => ('defined' in kind ? [kind.defined as string] : [])),
        instruments,
      ),
    ).toEqual([]);
  });

  test('an instrument without a date in force, or not surely in force, says what is not known of it', () => {
    for (const { id, since, status, unconfirmed } of instrumentsFile.instruments) {
      if (since === null || status === 'unknown') expect(unconfirmed, id).toBeTruthy();
    }
  });

  test('what the lexicon and the banks say leads to a clause of the same harm', () => {
    const folder = (name: string) =>
      readdirSync(new URL(`${name}/`, import.meta.url)).map((file) => new URL(`${name}/${file}`, import.meta.url));
    const said = [...folder('lexicon'), ...folder('banks')].flatMap((file) => {
      const content = JSON.parse(readFileSync(file, 'utf8')) as {
        entries?: { id: string; harm: string; clause: string }[];
        clause?: string;
      };
      return content.entries ?? (content.clause ? [content as unknown as { id: string; harm: string; clause: string }] : []);
    });
    expect(said.length).toBeGreaterThan(100);
    for (const { id, harm, clause } of said) expect(clauses.find((each) => each.id === clause)?.harm, `${id}: ${clause}`).toBe(harm);
  });
});
