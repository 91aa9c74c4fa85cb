import { append } from '../src/records/index.ts';
import * as staff from '../src/staff/index.ts';
import type { TestHouse } from './house.ts';

/** Somebody with this role on the roster; without a password, so nobody can log in as them. */
export async function enrolled(house: TestHouse, role: staff.StaffRole, name: string = role): Promise<staff.Member> {
  const id = house.ids.next();
  return house.db.begin('doors', async (tx) => {
    const because = await append(house, tx, {
      kind: 'staff.enrolled',
      service: 'perisai',
      parties: [{ role: 'member', party: id, purpose: 'staff' }],
      payload: { staff: id, name, login: `${name}-${id.slice(-6)}`, roles: [role], languages: ['ms', 'en'] },
    });
    await staff.enrol(because);
    return (await staff.member(tx, id)) as staff.Member;
  });
}
