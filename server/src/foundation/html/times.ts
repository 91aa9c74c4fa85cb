import type { Language } from '../i18n/language.ts';
import { dateTimeText, timeLeftText } from '../i18n/time.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';

const hour = 3_600_000;

/** "dalam 2 jam 14 minit (hari ini, 16:40)"; within the hour it stands out, past its time more so. The words say it, colour only helps. */
export function timeLeft(now: Date, due: Date, language: Language): Html {
  const left = due.getTime() - now.getTime();
  const look = left < 0 ? 'time-left time-late' : left < hour ? 'time-left time-soon' : 'time-left';
  return html`<time class="${look}" datetime="${due.toISOString()}">${timeLeftText(now, due, language)}</time>`;
}

/** "24 November 2026, 16:40", Kuala Lumpur. */
export function dateTime(at: Date, language: Language): Html {
  return html`<time datetime="${at.toISOString()}">${dateTimeText(at, language)}</time>`;
}
