import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages } from './language.ts';
import { dateTimeText, spanText, timeLeftText, timeZone } from './time.ts';

const now = new Date('2026-11-24T06:26:00Z');
const in2h14 = new Date('2026-11-24T08:40:00Z');

test('a promise is told both ways in each language', () => {
  expect(languages.map((language) => timeLeftText(now, in2h14, language))).toEqual([
    'dalam 2 jam 14 minit (hari ini, 16:40)',
    'in 2 hours 14 minutes (today, 16:40)',
    '还剩 2 小时 14 分钟（今天 16:40）',
    'இன்னும் 2 மணிநேரம் 14 நிமிடங்கள் (இன்று, 16:40)',
  ]);
});

test('a broken promise says how late it is', () => {
  expect(timeLeftText(in2h14, now, 'ms')).toBe('lewat 2 jam 14 minit (hari ini, 14:26)');
  expect(timeLeftText(now, now, 'en')).toBe('now (today, 14:26)');
});

test('today ends at midnight in Kuala Lumpur, not in Greenwich', () => {
  expect(timeLeftText(now, new Date('2026-11-24T16:00:00Z'), 'ms')).toBe('dalam 9 jam 34 minit (esok, 00:00)');
  expect(timeLeftText(now, new Date('2026-11-27T08:26:00Z'), 'en')).toBe('in 3 days 2 hours (27 November 2026, 16:26)');
});

test('dates are written as each language writes them', () => {
  expect(languages.map((language) => dateTimeText(now, language))).toEqual([
    '24 November 2026, 14:26',
    '24 November 2026, 14:26',
    '2026年11月24日 14:26',
    '24 நவம்பர், 2026, 14:26',
  ]);
});

test('a span never loses more than its smallest shown unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * 86_400_000 }), (span) => {
      const numbers = [...spanText(span, 'en').matchAll(/(\d+) (day|hour|minute)/g)].map(
        ([, count, unit]) => Number(count) * { day: 1440, hour: 60, minute: 1 }[unit as 'day'],
      );
      const shown = numbers.reduce((sum, minutes) => sum + minutes, 0) * 60_000;
      expect(shown).toBeLessThanOrEqual(span);
      expect(span - shown).toBeLessThan(span >= 86_400_000 ? 3_600_000 : 60_000);
    }),
  );
});

test('the zone is known to this runtime', () => {
  expect(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(new Date('1990-01-01T00:00:00Z'))).toBe(
    '08',
  );
});
