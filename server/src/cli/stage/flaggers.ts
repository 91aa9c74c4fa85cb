import { accredit, propose } from '../../procedure/flaggers/index.ts';
import type { House } from '../../procedure/house.ts';
import type { Seeded } from '../../procedure/staff/seed.ts';
import * as staff from '../../staff/index.ts';

/** Two organisations that the compliance officer proposes: one the administrator has accepted, the other waits for whoever looks. */
export async function seedFlaggers(house: House, service: string, seeded: readonly Seeded[]): Promise<void> {
  const [officer, administrator] = [await memberOf(house, seeded, 'cempaka'), await memberOf(house, seeded, 'intan')];
  const { id } = await propose(house, officer, {
    ...{ service, name: 'Pertubuhan Contoh' },
    reason: 'Talian bantuan kanak-kanak; laporannya tepat selama setahun.',
  });
  await accredit(house, administrator, id);
  await propose(house, officer, {
    service,
    name: 'Yayasan Contoh',
    reason: 'Mereka melapor penipuan setiap minggu, dan tidak pernah silap.',
  });
}

async function memberOf(house: House, seeded: readonly Seeded[], login: string): Promise<staff.Member> {
  const known = seeded.find((one) => one.login === login);
  const member = known && (await house.db.begin('doors', (tx) => staff.member(tx, known.id)));
  if (!member) throw new Error(`Nobody called ${login} is on the seeded staff.`);
  return member;
}
