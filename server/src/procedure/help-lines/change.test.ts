import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { openDesk, type TestDesk } from '../../../test/desk.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { helpLinesFor } from '../../foundation/i18n/notice-text.ts';
import * as policy from '../../policy/index.ts';
import type { Member } from '../../staff/index.ts';
import { disable } from '../staff/disable.ts';
import { confirmHelpLine, removeHelpLine, setHelpLine } from './change.ts';

let desk: TestDesk;
let officer: Member;
beforeAll(async () => {
  desk = await openDesk({ seed: 'help-lines' });
  officer = await enrolled(desk.house, 'compliance-officer');
});
afterAll(() => desk.close());

const village = { ms: 'Talian kampung', en: 'Village line', zh: '乡村热线', ta: 'கிராம உதவி எண்' };
const own = { line: 'village', number: '1800-88', tel: '180088', harms: ['scam'], name: village, for: village, hours: village } as const;
/** What a reporter of a scam is told of who can help. */
async function told(by: string): Promise<string> {
  const moderator = await enrolled(desk.house, 'moderator', by);
  const { case: of } = await play(desk.house).report(post(by), { by, harm: 'scam' });
  await play(desk.house).judge(moderator, { case: of, determination: 'remove', clause: 'scam.phishing' });
  await play(desk.house).obey();
  await desk.house.settle();
  const notices = (await look(desk.house).messages()).filter(({ type, data }) => type === 'notice.issued' && data['role'] === 'reporter');
  return notices.at(-1)?.data['body'] as string;
}

test('a line of an operator’s own is told, on pages and in notices, once somebody has rung it, and no more when it is taken away', async () => {
  const { house } = desk;
  await setHelpLine(house, officer, own);
  expect(await told('one')).not.toContain('Village line');
  await confirmHelpLine(house, officer, 'village');
  expect(await told('two')).toContain('Village line (1800-88)');
  const page = await desk.visitor().page('/guidelines');
  expect(page).toContain('tel:180088');
  expect(page).toContain('We rang this number on 24 November 2026.');
  expect(page).toContain('We have not rung this number ourselves yet.');
  const cempaka = await desk.logIn('cempaka');
  expect(await cempaka.page('/desk/obligations')).toContain('1800-88');
  await removeHelpLine(house, officer, 'village');
  expect(await told('three')).not.toContain('Village line');
  expect(await desk.visitor().page('/guidelines')).not.toContain('tel:180088');
});

test('a line that comes with the program and is taken away is asked for by its harm in vain, and nobody is told a number that is not there', async () => {
  const { house } = desk;
  await removeHelpLine(house, officer, 'nsrc');
  const lines = await house.db.begin('doors', (tx) => policy.helpLines(tx));
  const ids = helpLinesFor('scam', 'en', lines).map(({ id }) => id);
  expect([ids.includes('nsrc'), ids.length > 0]).toEqual([false, true]);
  await expect(confirmHelpLine(house, officer, 'nsrc')).rejects.toMatchObject({ code: 'not-found' });
});

test('whoever has left answers for nothing', async () => {
  const { house } = desk;
  const gone = await enrolled(house, 'lead');
  await disable(house, await enrolled(house, 'administrator'), { member: gone.id });
  await expect(confirmHelpLine(house, gone, 'police')).rejects.toMatchObject({ code: 'forbidden' });
});

test('told again from the records, the lines are the same, row for row', async () => {
  await desk.house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(desk.house, again.url);
    expect((await compareStateTables(desk.house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});
