import { describe, expect, test } from 'vitest';
import file from './clocks.json' with { type: 'json' };
import helpLinesFile from './help-lines.json' with { type: 'json' };

const { clocks, windows, stated, periods } = file;
const everywhere = ['no', 'grey', 'yes'];
const notPrivate = ['no', 'grey'];

describe('the clocks', () => {
  test('have a start, an end, a law, a reading, a basis and, where it is prescribed, a day since when', () => {
    for (const each of [...clocks, ...windows, ...stated]) {
      expect(
        [each.start, each.stop, each.law, each.reading].every((text) => text !== ''),
        each.id,
      ).toBe(true);
      expect(['prescribed', 'own', 'unconfirmed'], each.id).toContain(each.basis);
      expect(each.since, each.id).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    const ids = [...clocks, ...windows, ...stated, ...periods].map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('of the Act leave private messaging out, those of the Code run everywhere', () => {
    for (const { id, law, surfaces } of [...clocks, ...windows])
      expect(surfaces, id).toEqual(law.startsWith('Act 866') ? notPrivate : everywhere);
    expect(clocks.filter((clock) => clock.surfaces.includes('yes')).map((clock) => clock.id)).toEqual(['answer.outcome']);
  });

  test('restore sooner than they remove, and answer the Act before the Code', () => {
    const enforce = clocks.find((clock) => clock.id === 'enforce');
    expect([enforce?.lengths, enforce?.restore]).toEqual([
      { priority: 60, other: 720 },
      { priority: 60, other: 240 },
    ]);
    const [status, outcome] = ['answer.status', 'answer.outcome'].map((id) => clocks.find((clock) => clock.id === id)?.lengths.other ?? 0);
    expect(status).toBeLessThan(outcome ?? 0);
  });

  test('of an inquiry are 15 days to ask and 5 to answer; safety information takes 7', () => {
    const length = Object.fromEntries(windows.map((window) => [window.id, window.lengths.other / 1440]));
    expect(length).toMatchObject({ 'inquiry.ask': 15, 'inquiry.answer': 5, information: 7, hidden: 1 });
  });

  test('that MCMC or an authority states have no length of ours', () => {
    expect(stated.map((each) => each.id)).toEqual(
      expect.arrayContaining([
        'instruction.remove',
        'instruction.restore',
        'direction.submission',
        'non-compliance.answer',
        'legal-request',
      ]),
    );
    for (const each of stated) expect(Object.keys(each), each.id).not.toContain('lengths');
  });

  test('longer than days are ISO 8601; where the law gives none, none is guessed', () => {
    for (const { id, length, basis } of periods) {
      if (length === null) expect(basis, id).toBe('unconfirmed');
      else expect(length, id).toMatch(/^P(\d+[DMY]|T\d+H)$/);
    }
  });
});

describe('a help line', () => {
  const { lines } = helpLinesFile;
  const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

  test('says its hours to a program as to a person', () => {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: helpLinesFile.timezone })).not.toThrow();
    for (const { id, open, hours } of lines) {
      if (open === null) {
        expect(hours.en, id).toBe('Office hours');
        continue;
      }
      for (const { days, from, to } of open) {
        expect(
          days.every((day) => week.includes(day)),
          id,
        ).toBe(true);
        expect([from, to].every((time) => /^(?:[01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)$/.test(time)) && from < to, id).toBe(true);
      }
      const always = open.length === 1 && open[0]?.days.length === 7 && open[0].from === '00:00' && open[0].to === '24:00';
      expect(always, id).toBe(hours.en === '24 hours');
      expect(open[0]?.days.length === 5, id).toBe(/Monday to Friday/.test(hours.en));
    }
  });

  test('is dialled by the number that is shown', () => {
    const digits = (number: string) => number.replaceAll(/\D/g, '').replace(/^60/, '0');
    for (const { id, number, tel } of lines) expect(digits(tel), id).toBe(digits(number));
  });

  test('not seen in print for years is shown only once an operator has rung it', () => {
    for (const { id, seen, verify, verified_at } of lines) {
      expect(verify, id).toBe(seen === null || seen < '2025');
      if (verified_at !== null) expect(verified_at, id).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test('speaks at least Malay, as far as we know', () => {
    for (const { id, languages } of lines) expect(languages, id).toContain('ms');
  });
});
