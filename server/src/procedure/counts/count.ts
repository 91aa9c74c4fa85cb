import * as counts from '../../counts/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';

/** What a provider says of a day. */
export type CountInput = Pick<counts.UserCount, 'surface' | 'day' | 'peak' | 'daily' | 'monthly' | 'method'>;

const kualaLumpur = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kuala_Lumpur', dateStyle: 'short' });

/** Writes how many people used a surface on a day. @throws Problem `surface-unknown`, `time-in-future`, `field-wrong`. */
export async function countUsers(house: House, tx: Tx, service: string, input: CountInput): Promise<void> {
  if (!(await subjects.surface(tx, service, input.surface)))
    throw new Problem('surface-unknown', `The service ${service} has no surface “${input.surface}”.`);
  if (input.day > kualaLumpur.format(house.clock.now())) throw new Problem('time-in-future', 'That day has not begun in Kuala Lumpur.');
  const wrong = new Date(`${input.day}T00:00:00Z`).toJSON()?.slice(0, 10) !== input.day || input.daily > input.monthly;
  if (wrong) throw new Problem('field-wrong', 'The day must be one of the calendar, and of a month no fewer people than of its days.');
  const because = await append(house, tx, { kind: 'users.counted', service, payload: { ...input } });
  await counts.count(because);
}
