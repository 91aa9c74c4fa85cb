import { badge } from '../../foundation/html/badge.ts';
import { definitionList, said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import { attributes, type Html, html, type Part } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { may } from '../../staff/index.ts';
import type { AccreditationRead } from '../../views/flaggers.ts';
import { proof, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { words } from './words.ts';

/** What waits for a second person, with who proposed it and why; whoever may, accepts or refuses it here. */
export function waitingHere(visit: Visit, waiting: readonly AccreditationRead[]): Part {
  if (waiting.length === 0) return null;
  const say = words(visit.language);
  return html`<section class="stack"><h2>${say('waiting')}</h2><p class="quiet">${say('waiting.text')}</p>${waiting.map((one) => card(visit, one))}</section>`;
}

function card(visit: Visit, one: AccreditationRead): Html {
  const { language } = visit;
  const say = words(language);
  return html`<article class="card stack"><h3>${one.name}</h3><p>${badge({ level: 'medium', word: say(one.again ? 'again' : 'first') })}</p>${definitionList(
    [
      [say('by'), html`${one.proposer ?? shared(language)('no-name')}, ${dateTime(one.proposedAt, language)}`],
      one.reason === null ? null : [say('reason'), said(one.reason)],
      [say('service'), one.service],
      one.accountId === null ? null : [say('account'), html`<code class="breaks">${one.accountId}</code>`],
    ],
  )}${acts(visit, one)}</article>`;
}

function acts(visit: Visit, { id, name, proposedBy, staffed }: AccreditationRead): Part {
  const say = words(visit.language);
  const at = `/desk/flaggers/${id}`;
  const facts = { type: 'accreditation', proposedBy } as const;
  const alone = staffed ? null : html`<p class="notice">${say('unstaffed')}</p>`;
  if (may(visit.member, 'flagger.withdraw', facts).allowed)
    return html`<p class="quiet">${say('own')}</p>${alone}<form method="post" action="${`${at}/withdraw`}">${proof(visit)}${button({ text: say('withdraw') })}</form>`;
  if (!may(visit.member, 'flagger.settle', facts).allowed) return alone;
  return html`<form method="post" action="${`${at}/accept`}">${proof(visit)}${button({ text: say('accept', { name }) })}</form>${withReason(visit, { action: `${at}/refuse`, id: `refuse-${id}`, summary: say('refuse'), about: name })}`;
}

/** A form behind a summary that asks for nothing but a reason. */
export function withReason(
  visit: Visit,
  asked: {
    readonly action: string;
    readonly id: string;
    readonly summary: string;
    readonly about: string;
    readonly kind?: 'plain' | 'critical';
  },
): Html {
  const why = words(visit.language)('why');
  const area = attributes({ class: 'input', id: asked.id, name: 'reason', rows: 2, maxlength: 2_000, 'aria-required': 'true' });
  return html`<details><summary>${asked.summary}<span class="unseen">: ${asked.about}</span></summary><form method="post" action="${asked.action}">${proof(visit)}<label for="${asked.id}">${why}</label><textarea ${area}></textarea>${button({ kind: asked.kind ?? 'plain', text: asked.summary })}</form></details>`;
}
