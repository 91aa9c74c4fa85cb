import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import type * as cases from '../../cases/index.ts';
import { reading, type Tx } from '../../foundation/db/transaction.ts';
import { bury, takeDue } from '../../foundation/outbox/outbox.ts';
import type { Member } from '../../staff/index.ts';
import { answerInquiry, decideAppeal, moderationDispatch, receiveInstruction } from './index.ts';
import { promises, sweep } from './promises.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let moderator: Member;
let senior: Member;
let officer: Member;
beforeAll(async () => {
  house = await testHouse();
  now = play(house);
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
  officer = await enrolled(house, 'compliance-officer');
});
afterAll(() => house.close());

interface Owed {
  readonly case: string;
  /** Whose clock it is: a report, a case, an appeal. */
  readonly subject: string;
}
interface Scene {
  /** Somebody is owed something from now on, and all is done but the last step. */
  readonly begin: (id: string) => Promise<Owed>;
  /** The last step, where it is a person's; else the platform takes what waits in the outbox. */
  readonly person?: (owed: Owed) => Promise<unknown>;
}

const begun = {
  report: async (id: string): Promise<Owed> => {
    const { report, case: of } = await now.report(post(id));
    await house.settle();
    return { case: of, subject: report };
  },
  case: async (id: string, harm: 'scam' | 'bullying-hate' = 'bullying-hate'): Promise<Owed> => {
    const { case: of } = await now.report(post(id), { harm });
    await house.settle();
    return { case: of, subject: of };
  },
};
const judge = ({ case: of }: Owed, determination: 'remove' | 'none' = 'none') =>
  now.judge(moderator, { case: of, determination, clause: determination === 'none' ? null : 'bullying.harassment' });

const scenes: Readonly<Record<cases.ClockName, Scene>> = {
  acknowledge: { begin: begun.report },
  protect: { begin: (id) => begun.case(id, 'scam') },
  determine: { begin: begun.case, person: (owed) => judge(owed) },
  enforce: {
    begin: async (id) => {
      const owed = await begun.case(id);
      await judge(owed, 'remove');
      return owed;
    },
  },
  'answer.status': {
    begin: async (id) => {
      const owed = await begun.report(id);
      await platform();
      house.clock.advance(11 * hour + minute);
      await sweep(house);
      return owed;
    },
  },
  'answer.outcome': {
    begin: async (id) => {
      const owed = await begun.report(id);
      await judge(owed);
      await house.settle();
      return owed;
    },
  },
  'appeal.answer': {
    begin: async (id) => {
      const owed = await begun.report(id);
      const removal = await judge(owed, 'remove');
      await house.settle();
      await platform();
      const { appeal } = await now.appeal(removal.id, 'author');
      await decideAppeal(house, senior, { appeal, outcome: 'upheld', reason: 'Keputusan itu betul.' });
      await house.settle();
      return { case: owed.case, subject: appeal };
    },
  },
  instruction: {
    begin: async (id) => {
      const owed = await begun.report(id);
      const subject = await receiveInstruction(house, officer, {
        service: 'warung',
        kind: 'remove',
        reference: id,
        due: new Date(house.clock.now().getTime() + hour),
        item: { kind: 'post', id },
      });
      return { case: owed.case, subject };
    },
  },
  'inquiry.answer': {
    begin: async (id) => {
      const owed = await begun.report(id);
      const removal = await judge(owed, 'remove');
      await house.settle();
      await platform();
      const { inquiry } = await now.inquire(removal.id, 'author');
      await answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer: 'Fasal itu melarangnya.' });
      await house.settle();
      return { case: owed.case, subject: inquiry };
    },
  },
};

test('there is a promise for every clock, one a clock', () => {
  expect(promises.map(({ clock }) => clock).sort()).toEqual(Object.keys(scenes).sort());
});

for (const { clock, from, to, heals } of promises) {
  const { begin, person } = scenes[clock];
  const keep = (owed: Owed) => (person ? person(owed) : platform());
  describe(clock, () => {
    test('is kept: it stops with the record that the table names, and time brings no breach', async () => {
      const owed = await begin(`${clock}-kept`);
      await keep(owed);
      house.clock.advance(10 * 24 * hour);
      await sweep(house);
      const kept = await read(owed, clock);
      expect(kept.breaches).toBe(0);
      expect(from).toContain(kept.started);
      expect(to).toContain(kept.stopped);
    });

    test('is found broken once, and mended as far as a machine can', async () => {
      const owed = await begin(`${clock}-broken`);
      // Everything that was sent was given up.
      await house.db.begin('jobs', async (tx) => {
        for (const { id } of await due(tx)) await bury(tx, id, house.clock.now(), 'the platform is down');
      });
      house.clock.advance(10 * 24 * hour);
      expect((await read(owed, clock)).breaches).toBe(0);
      await sweep(house);
      await sweep(house);
      expect(await read(owed, clock)).toMatchObject({ breaches: 1, stopped: null });
      if (heals === null) await (person as (owed: Owed) => Promise<unknown>)(owed);
      else await platform();
      const mended = await read(owed, clock);
      expect(mended.breaches).toBe(1);
      expect(to).toContain(mended.stopped);
    });
  });
}

const due = (tx: Tx) => takeDue(tx, house.clock.now(), house.clock.now(), 500);

/** The platform takes whatever is due: it puts notices into inboxes, and does what it is asked to, and says so in its signed answer. */
async function platform(): Promise<void> {
  const dispatch = moderationDispatch(house);
  const messages = await house.db.begin('doors', due);
  for (const message of messages) {
    const { data } = JSON.parse(message.body) as { data: { action?: string; target_seq?: number; desired?: string } };
    const signed = data.action ? { action: data.action, target_seq: data.target_seq, state: data.desired } : null;
    await house.db.begin('doors', (tx) => dispatch.taken(tx, message, signed));
  }
}

async function read({ case: of, subject }: Owed, clock: cases.ClockName) {
  return house.db.begin('doors', async (tx) => {
    const { rows } = await sql<{ started: string; stopped: string | null; breached: Date | null }>`
      select began.kind as started, ended.kind as stopped, c.breached_at as breached from cases.clock c
      join records.record began on began.id = c.start_record left join records.record ended on ended.id = c.stop_record
      where c.subject = ${subject} and c.clock = ${clock}`.execute(reading(tx));
    const { rows: breaches } = await sql`select 1 from records.record where kind = 'clock.breached' and case_id = ${of}
      and line::jsonb -> 'payload' ->> 'clock' = ${clock} and line::jsonb -> 'payload' ->> 'subject' = ${subject}`.execute(reading(tx));
    const [row] = rows;
    expect(breaches.length > 0).toBe(row?.breached !== null);
    return { started: row?.started, stopped: row?.stopped ?? null, breaches: breaches.length };
  });
}

test('a part of a round that fails keeps no other from its work, and is told when all had their turn', async () => {
  const { case: of } = await now.report(post('failing-round'), { by: 'failing-reporter' });
  house.clock.advance(30 * hour);
  let times = 0;
  const begin: TestHouse['db']['begin'] = (pool, work) => {
    times += 1;
    return times === 1 ? Promise.reject(new Error('no such row')) : house.db.begin(pool, work);
  };
  await expect(sweep({ ...house, db: { ...house.db, begin } })).rejects.toThrow('no such row');
  const { rows } = await house.db.begin('doors', (tx: Tx) =>
    sql<{ clock: string }>`select clock from cases.clock where case_id = ${of} and breached_at is not null`.execute(reading(tx)),
  );
  expect(rows.map(({ clock }) => clock)).toContain('determine');
});
