import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { play, post } from '../../../test/play.ts';

let desk: TestDesk;
const people: Record<string, Visitor> = {};
const who = (login: string) => people[login] as Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'answered' });
  for (const login of ['awan', 'mullai', 'seri', 'bayu']) people[login] = await desk.logIn(login);
});
afterAll(() => desk.close());

const appealText = 'Sila lihat sekali lagi.';

/** What awan proposed and mullai confirmed. */
async function decidedByTwo(id: string): Promise<string> {
  const { case: of } = await play(desk.house).report(post(id, { author: `${id}-author` }), { harm: 'violence-terrorism' });
  await who('awan').post(`/desk/cases/${of}/claim`);
  const judgement = { determination: 'remove', clause: 'terrorism.promotion', reason: 'Ia memuji satu serangan.' };
  await who('awan').post(`/desk/cases/${of}/decide`, judgement);
  await settle('mullai');
  await play(desk.house).obey();
  await desk.house.settle();
  await play(desk.house).deliver();
  return (await look(desk.house).decisions(of)).find(({ stage }) => stage === 'final')?.id as string;
}

/** The newest proposal, looked at and confirmed by this person. */
async function settle(login: string): Promise<string> {
  const at = [...(await who(login).page('/desk/approvals')).matchAll(/href="(\/desk\/approvals\/[0-9a-f-]{36})"/g)].at(-1)?.[1] as string;
  await who(login).post(`${at}/reveal`);
  expect((await who(login).post(`${at}/settle`, { outcome: 'confirmed' })).status).toBe(303);
  return at;
}

test('what an appeal would change of a decision by two waits on the same desk, with the words that it answers, for somebody who had no part in either', async () => {
  const decision = await decidedByTwo('a1');
  const { appeal } = await play(desk.house).appeal(decision, 'a1-author');
  // Who proposed or confirmed the first decision is offered no answer.
  expect(await who('mullai').page(`/desk/appeals/${appeal}`)).toContain('Somebody else must decide this appeal');
  const ruling = { outcome: 'overturned', determination: 'none', reason: 'Ia berita, bukan pujian.' };
  expect((await who('seri').post(`/desk/appeals/${appeal}/decide`, ruling)).status).toBe(303);
  const page = await who('seri').page(`/desk/appeals/${appeal}`);
  expect(page).toContain('An answer has been proposed');
  expect(page).not.toContain('Decide the appeal');
  const list = await who('mullai').page('/desk/approvals');
  expect(list).toContain('Answers an appeal');
  // By when the appellant is owed an answer.
  expect(list).toContain('in 5 days');
  expect(list).not.toContain('You may');
  const at = /href="(\/desk\/approvals\/[0-9a-f-]{36})"/.exec(page)?.[1] as string;
  expect(await who('mullai').page(at)).toContain('Another second person must settle it');
  await who('mullai').post(`${at}/reveal`);
  expect((await who('mullai').post(`${at}/settle`, { outcome: 'confirmed' })).status).toBe(403);
  const blind = await who('bayu').page(at);
  for (const shown of [appealText, 'Now: remove', 'Look at the material first']) expect(blind).toContain(shown);
  expect(blind).not.toContain(ruling.reason);
  const seen = await (await who('bayu').post(`${at}/reveal`)).text();
  for (const shown of [ruling.reason, 'Nothing changes: what was decided before stands']) expect(seen).toContain(shown);
  expect(seen).not.toContain('Decide otherwise');
  expect((await who('bayu').post(`${at}/settle`, { outcome: 'confirmed' })).status).toBe(303);
  expect(await who('seri').page(`/desk/appeals/${appeal}`)).toContain('The decision is changed');
});

test('a correction of what two decided is offered to whoever had no part in it, waits, and the page of the inquiry says so', async () => {
  const decision = await decidedByTwo('i1');
  const { inquiry } = await play(desk.house).inquire(decision, 'i1-author');
  expect(await who('mullai').page(`/desk/inquiries/${inquiry}`)).toContain('Only somebody who did not make the decision may correct it');
  const correction = { outcome: 'corrected', determination: 'none', reason: 'Kami tersilap.' };
  expect((await who('seri').post(`/desk/inquiries/${inquiry}/answer`, correction)).status).toBe(303);
  const page = await who('seri').page(`/desk/inquiries/${inquiry}`);
  expect(page).toContain('A correction has been proposed');
  expect(page).not.toContain('Send the answer');
  await settle('bayu');
  expect(await who('seri').page(`/desk/inquiries/${inquiry}`)).toContain('The decision was corrected');
});
