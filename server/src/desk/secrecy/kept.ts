import { secrecyBases } from '../../cases/index.ts';
import { button } from '../../foundation/html/button.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { dateTimeText } from '../../foundation/i18n/time.ts';
import { may } from '../../staff/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import { proof, type Visit } from '../frame.ts';
import { words } from './words.ts';

/** On the page of a case: that secrecy runs; else, to whoever may, the form that begins it before anything is decided. */
export function keptSecret(visit: Visit, { of, secrecies, decisions }: CaseRead): Html | null {
  const { language } = visit;
  const say = words(language);
  const running = secrecies.find(({ state }) => state === 'running');
  if (running)
    return html`<section class="protect"><h3>${say('running', { until: dateTimeText(running.until, language) })}</h3><p>${say(`basis.${running.basis}`)}. ${say('running.text')}</p>${
      may(visit.member, 'secrecies.view', 'secrecies').allowed ? html`<p><a href="/desk/secrecy">${say('list')}</a></p>` : null
    }</section>`;
  const imposes = may(visit.member, 'secrecy.impose', { type: 'case', harm: of.harm }).allowed;
  if (!imposes || of.state !== 'open' || decisions.some(({ stage }) => stage === 'final')) return null;
  return html`<details><summary>${say('impose')}</summary><p class="quiet">${say('impose.text')}</p><form class="stack" method="post" action="${`/desk/cases/${of.id}/secrecy`}">${proof(visit)}${field(
    {
      kind: 'radios',
      language,
      name: 'basis',
      label: say('basis'),
      choices: secrecyBases.map((value) => ({ value, label: say(`basis.${value}`) })),
      value: 'authority',
    },
  )}${field({
    kind: 'text',
    language,
    name: 'secret-days',
    label: say('days'),
    hint: say('days.hint'),
    short: true,
    digits: true,
    maxlength: 3,
    value: '30',
  })}${field({
    kind: 'long',
    language,
    name: 'secret-reason',
    label: say('reason'),
    hint: say('reason.hint'),
    rows: 2,
    maxlength: 2_000,
  })}<div class="actions">${button({ text: say('impose') })}</div></form></details>`;
}
