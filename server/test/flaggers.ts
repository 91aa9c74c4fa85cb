import { accredit, propose } from '../src/procedure/flaggers/index.ts';
import type { Member } from '../src/staff/index.ts';
import type { TestHouse } from './house.ts';
import { enrolled } from './staff.ts';

/** An accredited organisation, as two people made it: a compliance officer proposes it, an administrator accepts it. */
export async function accredited(
  house: TestHouse,
  input: { readonly name?: string; readonly account?: string; readonly by?: readonly [first: Member, second: Member] } = {},
): Promise<string> {
  const { name = 'Pertubuhan Contoh', account } = input;
  const [first, second] = input.by ?? [await enrolled(house, 'compliance-officer'), await enrolled(house, 'administrator')];
  const asked = { service: 'warung', name, reason: 'Laporannya tepat selama setahun.', ...(account ? { account } : {}) };
  return accredit(house, second, (await propose(house, first, asked)).id);
}
