import type { House } from '../procedure/house.ts';
import * as members from '../staff/index.ts';
import { UsageError } from './command.ts';

/** Whoever of the staff logs in like that. @throws UsageError for nobody @throws Problem `forbidden` for who is there no more */
export async function memberNamed(house: House, login: string): Promise<members.Member> {
  const roster = await house.db.begin('doors', (tx) => members.roster(tx));
  const entry = roster.find((one) => one.login === members.checkLogin(login));
  if (!entry) throw new UsageError(`Nobody of the staff logs in as “${login}”: perisai staff list.`);
  return members.asOfNow(roster, entry);
}
