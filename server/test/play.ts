import * as enforcement from '../src/enforcement/index.ts';
import { takeDue } from '../src/foundation/outbox/outbox.ts';
import {
  acknowledge,
  claim,
  type DecisionInput,
  decide,
  type ItemInput,
  moderationDispatch,
  type ReportInput,
  receive,
  receiveAppeal,
  receiveInquiry,
} from '../src/procedure/moderation/index.ts';
import type { Member } from '../src/staff/index.ts';
import { accountId } from '../src/subjects/index.ts';
import type { TestHouse } from './house.ts';

const service = 'warung';
export const minute = 60_000;
export const hour = 60 * minute;

/** A harmless post of an author, which nothing in the shipped lists notices. */
export function post(
  id: string,
  {
    author = 'author',
    revision = '1',
    text = 'Satu hantaran biasa.',
    ...rest
  }: Partial<Omit<ItemInput, 'author'>> & { author?: string } = {},
): ItemInput {
  return {
    id,
    kind: 'post',
    surface: 'public-feed',
    revision,
    author: { id: author, handle: `${author}-handle`, language: 'ms' },
    text,
    ...rest,
  };
}

/** A scam that the shipped lists withhold. */
export const scamText =
  'Akaun anda digantung. Transaksi mencurigakan. Klik pautan ini segera dan masukkan kod TAC dan kata laluan anda: http://bit.ly.example/a';

/** Plays the people around a house: reporters, authors, the platform that shows and tells what it is asked to. */
export function play(house: TestHouse) {
  const ours = (account: string) => accountId(house.secret, service, account);
  const doors = house.db.begin.bind(house.db, 'doors') as <T>(work: Parameters<typeof house.db.begin<T>>[1]) => Promise<T>;
  return {
    ours,
    report(item: ItemInput, more: Partial<ReportInput> & { by?: string } = {}) {
      const { by = 'reporter', ...rest } = more;
      const input: ReportInput = {
        item,
        attested: 'platform',
        harm: 'bullying-hate',
        text: 'Ini menyakitkan.',
        language: 'en',
        reporter: { account: { id: by, language: 'en' } },
        ...rest,
      };
      return doors((tx) => receive(house, tx, service, input));
    },
    appeal(decision: string, by: string, role: 'author' | 'reporter' = 'author') {
      return doors((tx) =>
        receiveAppeal(house, tx, service, { decision, role, by: ours(by), text: 'Sila lihat sekali lagi.', language: 'ms' }),
      );
    },
    /** Into a decision, or into the dismissal of a report. */
    inquire(about: string | { readonly report: string }, by: string, role: 'author' | 'reporter' = 'author') {
      const asking = { role, by: ours(by), text: 'Mengapa begitu?', language: 'ms' } as const;
      return doors((tx) =>
        receiveInquiry(house, tx, service, typeof about === 'string' ? { decision: about, ...asking } : { ...about, ...asking }),
      );
    },
    async judge(member: Member, input: Omit<DecisionInput, 'reason'>, reason = 'Sebabnya tertulis di sini.') {
      await claim(house, member, input.case);
      return decide(house, member, { reason, ...input });
    },
    waiting: () => doors((tx) => enforcement.notEnforced(tx, service, null, 100)),
    /** The platform does everything it is asked to and says so. Returns what it was asked. */
    async obey(): Promise<string[]> {
      const asked = await doors((tx) => enforcement.notEnforced(tx, service, null, 100));
      for (const action of asked) await this.says(action, action.desired);
      return asked.map((action) => action.do);
    },
    says(action: enforcement.Action, state: enforcement.ReportedState, targetSeq = action.targetSeq) {
      return doors((tx) => acknowledge(house, tx, service, action.id, { target_seq: targetSeq, state }));
    },
    /** The platform takes every message that is due, and puts notices into inboxes. Returns how many. */
    async deliver(): Promise<number> {
      const dispatch = moderationDispatch(house);
      const now = house.clock.now();
      const messages = await doors((tx) => takeDue(tx, now, new Date(now.getTime() + minute), 500));
      for (const message of messages) await doors((tx) => dispatch.taken(tx, message, null));
      return messages.length;
    },
  };
}
