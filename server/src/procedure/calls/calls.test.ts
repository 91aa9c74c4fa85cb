import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { compareStateTables, foldInto } from '../../../test/fold.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type { Call } from '../../calls/index.ts';
import * as calls from '../../calls/index.ts';
import type { Member } from '../../staff/index.ts';
import { sweep } from '../moderation/index.ts';
import { registerService } from '../setup/service.ts';
import { disable } from '../staff/disable.ts';
import { answerCall, explainBreach } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let see: ReturnType<typeof look>;
let lead: Member;
let officer: Member;
let reviewer: Member;
let moderator: Member;
let administrator: Member;
beforeAll(async () => {
  house = await testHouse({ seed: 'calls' });
  [now, see] = [play(house), look(house)];
  const webhookUrl = 'https://warung.example/hooks';
  await registerService(house, { slug: 'warung', name: 'Warung', languages: ['ms', 'en', 'zh', 'ta'], webhookUrl });
  lead = await enrolled(house, 'lead');
  officer = await enrolled(house, 'compliance-officer');
  reviewer = await enrolled(house, 'child-safety-reviewer');
  moderator = await enrolled(house, 'moderator');
  administrator = await enrolled(house, 'administrator');
});
afterAll(() => house.close());

const ringing = (of: string) => house.db.begin('doors', (tx) => calls.ringingIn(tx, of));
const kindsOf = async (of: string) => (await see.records(of)).map(({ kind }) => kind);
const count = async (of: string, kind: string) => (await kindsOf(of)).filter((one) => one === kind).length;
/** A case, with everything told and taken that a machine does; its determination is a person's. */
async function waiting(id: string, harm: 'bullying-hate' | 'csam' = 'bullying-hate'): Promise<{ case: string; report: string }> {
  const made = await now.report(post(id), { harm, by: `reporter of ${id}` });
  await house.settle();
  await now.deliver();
  await now.obey();
  return made;
}
const later = async (hours: number) => {
  house.clock.advance(hours * hour);
  await sweep(house);
};
const said = { happened: 'Semua orang menangani banjir laporan.', remedy: 'Seorang lagi bertugas pada waktu malam.' };

describe('before a clock runs out', () => {
  test('it is on record once that it does, at the alarm and not before; nobody is called yet', async () => {
    const { case: of } = await waiting('warned');
    house.clock.advance(22 * hour - minute);
    await sweep(house);
    const early = (await see.records(of)).filter(({ kind }) => kind === 'clock.warned').map(({ payload }) => payload['clock']);
    expect(early).not.toContain('determine');
    house.clock.advance(minute);
    await sweep(house);
    await sweep(house);
    const told = (await see.records(of)).filter(({ kind, payload }) => kind === 'clock.warned' && payload['clock'] === 'determine');
    expect(told).toHaveLength(1);
    expect((await ringing(of)).filter(({ about }) => about === 'warning')).toEqual([]);
  });

  test('what is kept in time is warned of no more', async () => {
    const { case: of } = await waiting('kept');
    await now.judge(moderator, { case: of, determination: 'none', clause: null });
    house.clock.advance(23 * hour);
    await sweep(house);
    const warned = (await see.records(of)).filter(({ kind }) => kind === 'clock.warned').map(({ payload }) => payload['clock']);
    expect(warned).not.toContain('determine');
  });

  test('of child abuse material lead and child-safety reviewers are called, and nobody else', async () => {
    const { case: of } = await waiting('c', 'csam');
    house.clock.advance(22 * hour);
    await sweep(house);
    const call = (await ringing(of)).find(({ about, clock }) => about === 'warning' && clock === 'determine') as Call;
    expect(call.roles).toEqual(['lead', 'child-safety-reviewer']);
    expect([...call.called].sort()).toEqual([lead.id, reviewer.id].sort());
    await expect(answerCall(house, moderator, call.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(answerCall(house, officer, call.id)).rejects.toMatchObject({ code: 'forbidden' });
    await answerCall(house, reviewer, call.id);
    expect((await ringing(of)).map(({ id }) => id)).not.toContain(call.id);
  });
});

describe('when a promise is broken', () => {
  test('the lead is called, on their desk and at the operator’s webhook, without a word of what it is about', async () => {
    const { case: of } = await waiting('broken');
    await later(25);
    const call = (await ringing(of)).find(({ about, clock }) => about === 'breach' && clock === 'determine') as Call;
    expect(call).toMatchObject({ roles: ['lead'], called: [lead.id], short: false, times: 1 });
    const [event] = (await see.messages()).map(({ text }) => JSON.parse(text)).filter(({ data }) => data.call === call.id);
    expect(event).toMatchObject({ type: 'call.made', data: { about: 'breach', clock: 'determine', case: of, times: 1 } });
    expect(Object.keys(event.data).sort()).toEqual(['about', 'answer_url', 'call', 'case', 'clock', 'due_at', 'times']);
  });

  test('unanswered, it rings again every 24 hours, for whoever has the role by then; answered, no more', async () => {
    const { case: of } = await waiting('again');
    await later(25);
    await later(23);
    expect((await ringing(of)).map(({ times }) => times)).not.toContain(2);
    const other = await enrolled(house, 'lead', 'another lead');
    await later(1);
    const [call] = (await ringing(of)).filter(({ clock }) => clock === 'determine');
    expect([call?.times, [...(call?.called ?? [])].sort()]).toEqual([2, [lead.id, other.id].sort()]);
    await answerCall(house, other, call?.id as string);
    expect(await ringing(of)).toEqual([]);
    await expect(answerCall(house, lead, call?.id as string)).rejects.toMatchObject({ code: 'call-answered' });
    const before = await count(of, 'call.repeated');
    await later(25);
    expect(await count(of, 'call.repeated')).toBe(before);
    await disable(house, administrator, { member: other.id });
  });

  test('a person says why and what is done about it, once, and only of what was broken', async () => {
    const { case: of, report } = await waiting('explained');
    const reason = { subject: of, clock: 'determine', ...said } as const;
    await expect(explainBreach(house, lead, reason)).rejects.toMatchObject({ code: 'breach-unknown' });
    await later(25);
    await expect(explainBreach(house, moderator, reason)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(explainBreach(house, lead, { ...reason, remedy: ' ' })).rejects.toMatchObject({ code: 'reason-missing' });
    await explainBreach(house, officer, reason);
    await expect(explainBreach(house, lead, reason)).rejects.toMatchObject({ code: 'breach-explained' });
    await expect(explainBreach(house, lead, { ...reason, subject: report, clock: 'acknowledge' })).rejects.toMatchObject({
      code: 'breach-unknown',
    });
    const [record] = (await see.records(of)).filter(({ kind }) => kind === 'clock.explained');
    // It may name somebody: the log holds a commitment, the words lie under the key of who wrote them.
    expect(record?.payload).toMatchObject({ happened: { commitment: expect.any(String) }, remedy: { commitment: expect.any(String) } });
  });
});

test('calls, warnings and reasons told again from their records are the same, row for row', async () => {
  await house.settle();
  const again = await freshDatabase();
  try {
    await foldInto(house, again.url);
    expect((await compareStateTables(house.url, again.url)).differences).toEqual([]);
  } finally {
    await again.drop();
  }
});

test('where nobody is lead any more, the administrators are called, and it is said that they are', async () => {
  const { case: of } = await waiting('nobody');
  await disable(house, administrator, { member: lead.id });
  await later(25);
  const [call] = (await ringing(of)).filter(({ clock }) => clock === 'determine');
  expect(call).toMatchObject({ roles: ['administrator'], called: [administrator.id], short: true });
  const tally = await house.db.begin('doors', (tx) => calls.tallyRinging(tx, house.clock.now()));
  expect(tally.short).toBeGreaterThan(0);
});
