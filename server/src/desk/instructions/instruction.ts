import { definitionList } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { type Instruction, type InstructionStep, nextSteps } from '../../instructions/index.ts';
import { may } from '../../staff/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { shortCode } from '../words.ts';
import { words } from './words.ts';

export interface InstructionShown {
  /** By when it is to be complied with, as it was typed. */
  readonly due?: string;
  readonly errors?: readonly FieldError[];
}

/** One instruction, and the step that may come next; where it has been carried out, the way to its receipt. */
export function instructionPage(visit: Visit, of: Instruction, shown: InstructionShown = {}): Promise<Html> {
  const { language, member } = visit;
  const say = words(language);
  const steps = may(member, 'instruction.register', 'instruction').allowed ? nextSteps(of) : [];
  return frame(visit, {
    title: of.reference,
    active: 'instructions',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`${definitionList([
      [say('reference'), of.reference],
      [say('kind'), say(`kind.${of.kind}`)],
      [say('state'), say(`state.${of.state}`)],
      [say('received'), dateTime(of.receivedAt, language)],
      [say('due'), dateTime(of.dueAt, language)],
      of.settledAt ? [say('done'), dateTime(of.settledAt, language)] : null,
      of.receiptSentAt ? [say('receipt.sent'), dateTime(of.receiptSentAt, language)] : null,
      of.case ? [say('case'), html`<span class="code">${shortCode(of.case)}</span>`] : null,
    ])}${
      of.state === 'answered'
        ? html`<h2>${say('receipt')}</h2><p>${button({ text: say('receipt.open'), href: `/desk/instructions/${of.id}/receipt` })}</p>`
        : null
    }${steps.map((to) => stepForm(visit, of, to, shown))}`,
  });
}

function stepForm(visit: Visit, of: Instruction, to: InstructionStep, { due, errors = [] }: InstructionShown): Html {
  const { language } = visit;
  const say = words(language);
  const wrong = errors.find(({ field }) => field === 'due')?.message;
  return html`<form class="stack" method="post" action="${`/desk/instructions/${of.id}/advance`}">${proof(visit)}<input type="hidden" name="to" value="${to}">${
    to === 'registered'
      ? field({
          kind: 'text',
          language,
          name: 'due',
          label: say('due.comply'),
          hint: say('due.hint'),
          short: true,
          maxlength: 16,
          ...(due ? { value: due } : {}),
          ...(wrong ? { error: wrong } : {}),
        })
      : null
  }<div class="actions">${button({ text: say(`do.${to}`) })}</div></form>`;
}
