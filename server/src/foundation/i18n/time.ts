import type { Language } from './language.ts';
import { locales } from './language.ts';
import { translate } from './shared.ts';

/** Where the clocks of this house hang. */
export const timeZone = 'Asia/Kuala_Lumpur';

const minute = 60_000;
const day = 1440 * minute;
/** Malaysia has kept UTC+8 without summer time since 1982, so the local day of an instant is arithmetic. */
const offset = 480 * minute;

/** How long until `due`, in both ways: "dalam 2 jam 14 minit (hari ini, 16:40)"; past it: "lewat 5 minit (hari ini, 14:21)". */
export function timeLeftText(now: Date, due: Date, language: Language): string {
  const say = translate(language);
  const at = whenText(now, due, language);
  const left = due.getTime() - now.getTime();
  if (Math.abs(left) < minute) return say('now', { at });
  return say(left > 0 ? 'left' : 'over', { span: spanText(Math.abs(left), language), at });
}

/** A span in its two greatest units, rounded down: "2 jam 14 minit", "3 hari 4 jam". Below a minute: "0 minit". */
export function spanText(milliseconds: number, language: Language): string {
  const say = translate(language);
  const minutes = Math.floor(milliseconds / minute);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const units = [
    { count: days, text: say('days', { count: days }) },
    { count: hours, text: say('hours', { count: hours }) },
    { count: rest, text: say('minutes', { count: rest }) },
  ];
  const from = units.findIndex((unit) => unit.count > 0);
  const shown = units.slice(from === -1 ? 2 : from, from === -1 ? 3 : from + 2).filter((unit, place) => place === 0 || unit.count > 0);
  const [first, second] = shown.map((unit) => unit.text);
  return second === undefined ? (first ?? '') : say('two-parts', { first: first ?? '', second });
}

/** "hari ini, 16:40", "esok, 09:00", else "26 November 2026, 09:00". */
export function whenText(now: Date, at: Date, language: Language): string {
  const say = translate(language);
  const days = Math.floor((at.getTime() + offset) / day) - Math.floor((now.getTime() + offset) / day);
  const near = days === 0 ? say('today') : days === 1 ? say('tomorrow') : days === -1 ? say('yesterday') : undefined;
  return say('at', { day: near ?? dateText(at, language), time: clockText(at, language) });
}

/** "24 November 2026, 16:40" in Kuala Lumpur. */
export function dateTimeText(at: Date, language: Language): string {
  return translate(language)('at', { day: dateText(at, language), time: clockText(at, language) });
}

/** "24 November 2026". */
export function dateText(at: Date, language: Language): string {
  return format(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** "16:40:07": where seconds matter. */
export function timeText(at: Date): string {
  return new Date(at.getTime() + offset).toISOString().slice(11, 19);
}

/** 24 hours, because "8:00" in a promise must not mean the evening. */
function clockText(at: Date, language: Language): string {
  return format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at).replace('.', ':');
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${Object.keys(options).join(' ')}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], { ...options, timeZone });
  formats.set(key, known);
  return known;
}
