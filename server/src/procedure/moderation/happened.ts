import { Problem } from '../../foundation/http/problems.ts';
import type { House } from '../house.ts';

/** Before it there was no service like these: what lies before is a clock that was never set, or seconds taken for milliseconds. */
export const earliestTime = Date.UTC(2000, 0, 1);

/**
 * When a platform says that something happened: up to five minutes ahead of our clock is taken as now, further ahead it is refused
 * (product.md, "Clocks"); so is what cannot have been. Now, where it says nothing.
 * @throws Problem `time-in-future`, `field-wrong`.
 */
export function happened(house: House, at: string | undefined): Date {
  const now = house.clock.now();
  const said = at === undefined ? now : new Date(at);
  if (said.getTime() > now.getTime() + 5 * 60_000)
    throw new Problem('time-in-future', 'The time lies more than five minutes ahead of ours.');
  if (said.getTime() < earliestTime) throw new Problem('field-wrong', 'The time lies before the year 2000.');
  return said > now ? now : said;
}
