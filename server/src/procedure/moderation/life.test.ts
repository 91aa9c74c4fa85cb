import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { enrolled } from '../../../test/staff.ts';
import { notEnforced } from '../../enforcement/index.ts';
import { reading } from '../../foundation/db/transaction.ts';
import { accountId } from '../../subjects/index.ts';
import { acknowledge, claim, decide, decideAppeal, hide, receive, receiveAppeal } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const item = {
  id: 'p1',
  kind: 'post',
  surface: 'public-feed',
  revision: '1',
  author: { id: 'a1', handle: 'aminah', language: 'ms' },
  text: 'Satu hantaran biasa.',
} as const;

test('a report lives from its receipt to its appeal, and every step is a record', async () => {
  const [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
  const report = await house.db.begin('doors', (tx) =>
    receive(house, tx, 'warung', {
      item,
      attested: 'platform',
      harm: 'bullying-hate',
      text: 'இது என்னைப் புண்படுத்துகிறது.',
      language: 'ta',
      reporter: { account: { id: 'r1', handle: 'ravi', language: 'ta' } },
    }),
  );
  await house.settle();

  await claim(house, moderator, report.case);
  await hide(house, moderator, { case: report.case, clause: 'bullying.harassment' });
  await platformSays('inaccessible');
  const removal = await decide(house, moderator, {
    case: report.case,
    determination: 'remove',
    clause: 'bullying.harassment',
    reason: 'Hantaran ini menghina seseorang.',
  });
  expect((await waiting()).map(({ do: what }) => what)).toEqual(['remove']);
  await platformSays('removed');

  const { appeal } = await house.db.begin('doors', (tx) =>
    receiveAppeal(house, tx, 'warung', {
      decision: removal.id,
      role: 'author',
      by: accountId(house.secret, 'warung', 'a1'),
      text: 'Saya bergurau sahaja.',
      language: 'ms',
    }),
  );
  await house.settle();
  await expect(
    decideAppeal(house, moderator, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Tiada penghinaan.' }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/forbidden|same-person/) });
  await decideAppeal(house, senior, { appeal, outcome: 'overturned', determination: 'none', clause: null, reason: 'Tiada penghinaan.' });
  await platformSays('visible');

  expect(await story(report.case)).toEqual([
    'case.opened',
    'report.received',
    'notice.written',
    'decision.made',
    'action.ordered',
    'notice.written',
    'notice.written',
    'action.acknowledged',
    'decision.made',
    'action.ordered',
    'notice.written',
    'notice.written',
    'action.acknowledged',
    'case.closed',
    'appeal.received',
    'notice.written',
    'decision.made',
    'action.ordered',
    'appeal.decided',
    'notice.written',
    'notice.written',
    'action.acknowledged',
    'case.closed',
  ]);
});

const waiting = () => house.db.begin('doors', (tx) => notEnforced(tx, 'warung', null, 10));

async function platformSays(state: 'inaccessible' | 'removed' | 'visible') {
  const [action] = await waiting();
  await house.settle();
  if (!action) throw new Error('nothing waits for the platform');
  const { state: result } = await house.db.begin('doors', (tx) =>
    acknowledge(house, tx, 'warung', action.id, { target_seq: action.targetSeq, state }),
  );
  expect(result).toBe('acknowledged');
  await house.settle();
}

async function story(caseId: string): Promise<string[]> {
  return house.db.begin('doors', async (tx) => {
    const { rows } = await sql<{
      kind: string;
    }>`select r.kind from records.case_record c join records.record r on r.id = c.record where c.case_id = ${caseId} order by c.case_seq`.execute(
      reading(tx),
    );
    return rows.map((row) => row.kind);
  });
}
