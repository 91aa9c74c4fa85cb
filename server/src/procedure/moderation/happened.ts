import { Problem } from '../../foundation/http/problems.ts';
import type { House } from '../house.ts';

/**
 * When a platform says that something happened: up to five minutes ahead of our clock is taken as now, further ahead it is refused
 * (product.md, "Clocks"); now where it says nothing.
 * @throws Problem `time-in-future`.
 */
export function happened(house: House, at: string | undefined): Date {
  const now = house.clock.now();
  const said = at === undefined ? now : new Date(at);
  if (said.getTime() > now.getTime() + 5 * 60_000)
    throw new Problem('time-in-future', 'The time lies more than five minutes ahead of ours.');
  return said > now ? now : said;
}
