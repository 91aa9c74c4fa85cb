import * as cases from '../cases/index.ts';
import * as decisions from '../decisions/index.ts';
import type { Tx } from '../foundation/db/transaction.ts';
import type { Language } from '../foundation/i18n/language.ts';
import * as intake from '../intake/index.ts';
import type { House } from '../procedure/house.ts';
import { dismissalOpenUntil, dismissalPrefix, inquiryOpenUntil, receiveInquiry } from '../procedure/moderation/index.ts';
import { holder } from './statement.ts';

/** What a link leads to: the number of a decision, or that of a report that was dismissed. */
async function found(tx: Tx, number: string): Promise<decisions.Decision | intake.Report | undefined> {
  if (!number.startsWith(dismissalPrefix)) return decisions.knownOutside(tx, await decisions.decisionByPuid(tx, number));
  const id = number.slice(dismissalPrefix.length);
  return /^[0-9a-f-]{36}$/.test(id) ? intake.report(tx, id) : undefined;
}

/** Until when whoever holds the link may ask; null where they may not, or not any more. @throws Problem `decision-unknown`. */
export async function inquirableUntil(house: House, number: string, token: string): Promise<Date | null> {
  return house.db.begin('doors', async (tx) => {
    const about = await found(tx, number);
    const { side, person } = holder(house, about, token);
    const now = house.clock.now();
    if (!about || !('stage' in about)) return about ? dismissalOpenUntil(tx, about, now) : null;
    return inquiryOpenUntil(tx, (await cases.caseOf(tx, about.case)) as cases.Case, about, side, person, now);
  });
}

/** An inquiry from the page. @throws Problem `decision-unknown`, `inquiry-not-open`, `inquiry-exists`. */
export async function inquireInto(
  house: House,
  number: string,
  token: string,
  text: string,
  language: Language,
): Promise<{ readonly answerBy: Date }> {
  return house.db.begin('doors', async (tx) => {
    const about = (await found(tx, number)) as decisions.Decision | intake.Report;
    const { side, person } = holder(house, about, token);
    const asking = { role: side, by: person, text, language };
    return receiveInquiry(house, tx, about.service, 'stage' in about ? { decision: about.id, ...asking } : { report: about.id, ...asking });
  });
}
