import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as inquiries from '../../inquiries/index.ts';
import * as intake from '../../intake/index.ts';
import * as policy from '../../policy/index.ts';
import { append } from '../../records/index.ts';
import type { House } from '../house.ts';
import { dismissalOpenUntil, inquiryOpenUntil } from './inquiry-window.ts';
import { lockCase } from './lock.ts';

interface Asking {
  readonly role: 'author' | 'reporter';
  /** Our id of who asks. */
  readonly by: string;
  readonly text: string;
  readonly language: Language;
}
/** Into a decision, or into the dismissal of a report. */
export type InquiryInput = Asking & ({ readonly decision: string } | { readonly report: string });

/**
 * Receives an inquiry into a dismissal or an action (Act 866 ss.21–23; s.26 where we acted of our own accord): within 15 days of the notice,
 * by whoever was told. A person answers in writing within five days; the decision stands meanwhile.
 * @throws Problem `decision-unknown`, `report-unknown`, `inquiry-not-open`, `inquiry-exists`.
 */
export async function receiveInquiry(
  house: House,
  tx: Tx,
  service: string,
  input: InquiryInput,
): Promise<{ readonly inquiry: string; readonly answerBy: Date }> {
  const of = await ('decision' in input ? decisionAsked(house, tx, service, input) : dismissalAsked(house, tx, service, input));
  const about = 'decision' in input ? { decision: input.decision } : { report: input.report };
  if (await inquiries.inquiryBy(tx, about, input.role, input.by))
    throw new Problem('inquiry-exists', 'There is an inquiry of yours about this already.');
  const id = house.ids.next();
  const clocks = policy.inquiryClock(of.harm, house.clock.now());
  const because = await append(house, tx, {
    kind: 'inquiry.received',
    service,
    case: of.id,
    parties: [{ role: 'inquirer', party: input.by, purpose: 'report' }],
    payload: {
      inquiry: id,
      decision: 'decision' in input ? input.decision : null,
      report: 'report' in input ? input.report : null,
      role: input.role,
      language: input.language,
      text: input.text,
      clocks,
    },
  });
  await inquiries.receive(because);
  await cases.startClocks(because, id);
  return { inquiry: id, answerBy: new Date(clocks[0]?.due_at as string) };
}

async function decisionAsked(house: House, tx: Tx, service: string, input: Asking & { readonly decision: string }): Promise<cases.Case> {
  const known = await decisions.knownOutside(tx, await decisions.decision(tx, input.decision));
  if (!known || known.service !== service)
    throw new Problem('decision-unknown', `There is no decision ${input.decision} for this service.`);
  const of = await lockCase(tx, known.case);
  const decision = await decisions.knownOutside(tx, await decisions.decision(tx, known.id));
  if (!decision) throw new Problem('decision-unknown', `There is no decision ${input.decision} for this service.`);
  if ((await inquiryOpenUntil(tx, of, decision, input.role, input.by, house.clock.now())) === null)
    throw new Problem('inquiry-not-open', 'Who was told of this decision may ask about it, for 15 days, while it stands.');
  return of;
}

async function dismissalAsked(house: House, tx: Tx, service: string, input: Asking & { readonly report: string }): Promise<cases.Case> {
  const known = await intake.report(tx, input.report);
  if (!known || known.service !== service) throw new Problem('report-unknown', `There is no report ${input.report} for this service.`);
  const of = await lockCase(tx, known.case);
  const report = (await intake.report(tx, known.id)) as intake.Report;
  const theirs = input.role === 'reporter' && report.reporter === input.by;
  if (!theirs || (await dismissalOpenUntil(tx, report, house.clock.now())) === null)
    throw new Problem('inquiry-not-open', 'Whose report was dismissed may ask about that, for 15 days from the notice.');
  return of;
}
