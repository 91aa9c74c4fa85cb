import { needsOf } from '../../decisions/index.ts';
import { field } from '../../foundation/html/field.ts';
import type { Html } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { may } from '../../staff/index.ts';
import type { InquiryRead } from '../../views/inquiries/inquiry.ts';
import { clauseChoice } from '../case/clauses.ts';
import { extentFields, measureChoices } from '../case/measures.ts';
import { proof, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { type InquiryShown, words } from './words.ts';

/** How an inquiry is answered; correcting is offered to a second person only. */
export function answerForm(visit: Visit, { inquiry, asked, case: about }: InquiryRead, { typed = {}, errors = [] }: InquiryShown): Html {
  const { language, member } = visit;
  const say = words(language);
  const common = shared(language);
  const wrong = (name: string) => {
    const error = errors.find(({ field }) => field === name)?.message;
    return error ? { error } : {};
  };
  const second = may(member, 'appeal.decide', { type: 'appeal', decidedBy: asked.decidedBy, harm: about.of.harm }).allowed;
  const two = needsOf({ harm: about.of.harm, determination: 'none', clause: null }).length > 0;
  const correctable = second && !two && asked.stage === 'final' && asked.targetKind === 'item' && asked.supersededBy === null;
  const choices = correctable ? (['explained', 'appeal', 'corrected'] as const) : (['explained', 'appeal'] as const);
  return html`<form class="judgement" id="answer" method="post" action="${`/desk/inquiries/${inquiry.id}/answer`}">${proof(visit)}${field({
    kind: 'radios',
    language,
    name: 'outcome',
    label: say('what'),
    choices: choices.map((value) => ({ value, label: say(value), hint: say(`${value}.hint`) })),
    ...(typed.outcome ? { value: typed.outcome } : {}),
    ...wrong('outcome'),
  })}${
    correctable
      ? html`${field({
          kind: 'radios',
          language,
          name: 'determination',
          label: say('instead'),
          choices: measureChoices(language, about.item?.kind).toReversed(),
          ...(typed.determination ? { value: typed.determination } : {}),
          ...wrong('determination'),
        })}${extentFields(language, typed, errors)}<details ${attributes({ open: Boolean(typed.clause) || errors.some(({ field }) => field === 'clause') })}><summary>${common('clause.choose')}</summary>${clauseChoice(
          {
            language,
            guidelines: about.guidelines,
            harms: [about.of.harm, ...about.reports.map(({ harm }) => harm)],
            chosen: typed.clause,
            error: errors.find(({ field }) => field === 'clause')?.message,
          },
        )}</details>`
      : html`<p class="quiet">${say('corrected.not')}</p>`
  }${field({
    kind: 'long',
    language,
    name: 'reason',
    label: say('why'),
    hint: say('why.hint'),
    rows: 4,
    maxlength: 5_000,
    ...(typed.reason ? { value: typed.reason } : {}),
    ...wrong('reason'),
  })}</form>`;
}
