import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { languages } from '../../foundation/i18n/language.ts';
import { shippedLines } from '../../foundation/i18n/notice-text.ts';
import * as policy from '../../policy/index.ts';
import { append, type Party } from '../../records/index.ts';
import { asOfNow, lockRoster, type Member, roster, wholeProvider } from '../../staff/index.ts';
import type { House } from '../house.ts';

const kualaLumpur = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kuala_Lumpur', dateStyle: 'short' });

/** Somebody rang the number today, and it is what it says: it is shown as verified. @throws Problem `not-found`, `forbidden`. */
export async function confirmHelpLine(house: House, by: Pick<Member, 'id'>, line: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const head = await headOf(tx, by);
    await demandKnown(tx, line);
    const payload = { line, on: kualaLumpur.format(house.clock.now()) };
    await policy.confirmLine(await append(house, tx, { kind: 'help-line.confirmed', ...head, payload }));
  });
}

/**
 * A line is corrected, or one is added for the harms that it names. It is shown once somebody rang it (`confirmHelpLine`).
 * @throws Problem `field-wrong`, `forbidden`.
 */
export async function setHelpLine(
  house: House,
  by: Pick<Member, 'id'>,
  { line, ...said }: policy.SaidLine & { line: string },
): Promise<void> {
  const whole = [said.name, said.for, said.hours].every((text) => languages.every((language) => (text?.[language] ?? '').trim() !== ''));
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(line))
    throw new Problem('field-wrong', 'The name of a help line is of small letters, digits and hyphens.');
  if (!whole) throw new Problem('field-wrong', 'A help line has a name, whom it is for and its hours in ms, en, zh and ta.');
  if (!/^[0-9+][0-9 -]{1,39}$/.test(said.number) || !/^\+?[0-9]{2,20}$/.test(said.tel))
    throw new Problem('field-wrong', 'A number has digits, blanks and hyphens; what is dialled, digits alone.');
  const unknown = (said.harms ?? []).find((harm) => !policy.allHarms.some(({ id }) => id === harm));
  if (unknown !== undefined) throw new Problem('field-wrong', `There is no harm “${unknown}”.`);
  await house.db.begin('doors', async (tx) => {
    const head = await headOf(tx, by);
    const shipped = shippedLines.some(({ id }) => id === line);
    if (!shipped && (said.harms ?? []).length === 0)
      throw new Problem('field-wrong', 'A line that does not come with the program says for which harms it is.');
    const { number, tel, harms, name, for: whom, hours } = said;
    const payload = { line, number, tel, harms: harms === null ? null : [...harms], name, for: whom, hours };
    await policy.writeLine(await append(house, tx, { kind: 'help-line.set', ...head, payload }));
  });
}

/** A line is shown nowhere any more. @throws Problem `not-found`, `forbidden`. */
export async function removeHelpLine(house: House, by: Pick<Member, 'id'>, line: string): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const head = await headOf(tx, by);
    await demandKnown(tx, line);
    await policy.removeLine(await append(house, tx, { kind: 'help-line.removed', ...head, payload: { line } }));
  });
}

/** Who is still on the staff answers for it. */
async function headOf(tx: Tx, by: Pick<Member, 'id'>): Promise<{ service: string; parties: Party[] }> {
  await lockRoster(tx);
  const { id } = asOfNow(await roster(tx), by);
  return { service: wholeProvider, parties: [{ role: 'actor', party: id, purpose: 'staff' }] };
}

async function demandKnown(tx: Tx, line: string): Promise<void> {
  if (!(await policy.helpLines(tx)).some(({ id }) => id === line)) throw new Problem('not-found', `There is no help line ${line}.`);
}
