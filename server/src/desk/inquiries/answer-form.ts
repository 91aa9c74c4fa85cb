import { field } from '../../foundation/html/field.ts';
import type { Html } from '../../foundation/html/html.ts';
import { attributes, html } from '../../foundation/html/html.ts';
import { type Member, may } from '../../staff/index.ts';
import type { InquiryRead } from '../../views/inquiries/inquiry.ts';
import { clauseChoice } from '../case/clauses.ts';
import { extentFields, measureChoices } from '../case/measures.ts';
import { proof, type Visit } from '../frame.ts';
import { readers, readersOf } from '../readers/readers.ts';
import { words as shared } from '../words.ts';
import { type InquiryShown, words } from './words.ts';

/** Whether this person may correct what was decided, or take the dismissal back: another person than whoever made up their mind to it. */
function mayCorrect(member: Member, { asked, madeBy, still, dismissal, case: about }: InquiryRead): boolean {
  const first = madeBy ?? { decidedBy: dismissal?.by ?? null };
  if (!may(member, 'appeal.decide', { type: 'appeal', ...first, harm: about.of.harm }).allowed) return false;
  return asked === null || (asked.stage === 'final' && asked.targetKind === 'item' && still);
}

/** How an inquiry is answered; correcting is offered to a second person only, an appeal where there is something to appeal against. */
export function answerForm(visit: Visit, read: InquiryRead, { typed = {}, errors = [] }: InquiryShown): Html {
  const { inquiry, asked, case: about } = read;
  const { language, member } = visit;
  const say = words(language);
  const common = shared(language);
  const wrong = (name: string) => {
    const error = errors.find(({ field }) => field === name)?.message;
    return error ? { error } : {};
  };
  const correctable = mayCorrect(member, read);
  const appealable = asked !== null || about.of.state !== 'open';
  const choices = [
    { value: 'explained', label: say('explained'), hint: say(asked ? 'explained.hint' : 'explained.dismissal.hint') },
    ...(appealable ? [{ value: 'appeal', label: say('appeal'), hint: say(asked ? 'appeal.hint' : 'appeal.dismissal.hint') }] : []),
    ...(correctable
      ? [
          {
            value: 'corrected',
            label: say(asked ? 'corrected' : 'corrected.dismissal'),
            hint: say(asked ? 'corrected.hint' : 'corrected.dismissal.hint'),
          },
        ]
      : []),
  ];
  return html`<form class="judgement" id="answer" method="post" action="${`/desk/inquiries/${inquiry.id}/answer`}">${proof(visit)}${asked ? null : html`<input type="hidden" name="about" value="dismissal">`}${field(
    {
      kind: 'radios',
      language,
      name: 'outcome',
      label: say('what'),
      choices,
      ...(typed.outcome ? { value: typed.outcome } : {}),
      ...wrong('outcome'),
    },
  )}${
    correctable && asked
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
      : correctable
        ? null
        : html`<p class="quiet">${say(asked ? 'corrected.not' : 'corrected.dismissal.not')}</p>`
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
  })}${readers(visit, [['asker', inquiry.language], ...readersOf(about)])}</form>`;
}
