import type { Language } from '../../i18n/language.ts';
import { helpLinesFor } from '../../i18n/notice-text.ts';
import { badgeExamples } from '../badge.examples.ts';
import { blocksExamples } from '../blocks.examples.ts';
import { buttonExamples } from '../button.examples.ts';
import { errorSummaryExamples } from '../error-summary.examples.ts';
import { fieldExamples } from '../field.examples.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import { publicPage, staffPage } from '../page.ts';
import { tableExamples } from '../table.examples.ts';
import { timelineExamples } from '../timeline.examples.ts';
import { timesExamples } from '../times.examples.ts';
import type { Examples } from './example.ts';
import { words } from './words.ts';

/** Every component in every state. */
export const allExamples: readonly Examples[] = [
  badgeExamples,
  buttonExamples,
  timesExamples,
  fieldExamples,
  errorSummaryExamples,
  tableExamples,
  timelineExamples,
  blocksExamples,
];

/** All components on one page, in the public frame or the staff frame, for pictures and for axe. */
export function gallery(language: Language, frame: 'public' | 'staff' = 'public'): Html {
  const say = words(language);
  const body = html`<p class="lead">${say('lead')}</p>${allExamples.map(
    ({ component, states }) =>
      html`<h2 lang="en">${component}</h2>${states.map(({ state, render }) => html`<div class="stack"><p class="quiet" lang="en">${state}</p><div>${render(language)}</div></div>`)}`,
  )}`;
  const title = say('gallery');
  if (frame === 'public') {
    return publicPage({
      language,
      title,
      path: '/gallery?a=b',
      service: 'Warung',
      quickExit: '/',
      helpLines: helpLinesFor('child-harm', language),
      body,
    });
  }
  return staffPage({
    language,
    title,
    path: '/desk',
    active: 'queue',
    rail: [
      { id: 'queue', title: say('caption'), href: '/desk', count: 12, due: true },
      { id: 'appeals', title: say('waiting'), href: '/desk/appeals', count: 3 },
      { id: 'clocks', title: say('time'), href: '/desk/clocks' },
    ],
    person: { name: 'Aisyah binti Rahman', role: 'Moderator', logout: '/desk/logout', token: 'example' },
    body,
  });
}
