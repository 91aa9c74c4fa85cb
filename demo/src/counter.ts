import type { Account } from './accounts.ts';
import { appeal } from './appeals.ts';
import type { Database } from './database.ts';
import { owe } from './errands.ts';
import { noticeOf, noticesOf } from './inbox.ts';
import type { Outbox } from './outbox.ts';
import type { Harm, Language, Perisai } from './perisai.ts';
import type { Post } from './posts.ts';
import { erase, find, hold, mayEdit, mayRead, mayReport, revise, write } from './posts.ts';
import { report } from './reports.ts';

/** Asked for something that isn't there, or that this person may not do: told as an HTTP status and a word for the page to explain. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: 'not-found' | 'not-yours' | 'empty' | 'too-long' | 'already-appealed' | 'no-decision' | 'unknown-person' | 'log-in';
  constructor(status: number, code: Refusal['code']) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** The acts of Warung's people, the same for its pages and for `/api`. Each throws Refusal. */
export interface Counter {
  /** Keeps it and has it screened; comes back with its verdict, or after a short wait with it still pending. Answers the id. */
  write(author: Account, text: string, where: { to?: string; parent?: string }): Promise<string>;
  edit(author: Account, id: string, text: string): Promise<void>;
  erase(author: Account, id: string): Promise<void>;
  /** Answers Warung's id of the report, whether Perisai has it yet or not. */
  report(who: Account | null, id: string, what: { harm: Harm; text: string; language: Language; email: string | null }): Promise<string>;
  /** `by.notice`: the notice in the inbox that the appeal answers; or the decision itself. */
  appeal(account: Account, by: { notice?: string; decision?: string }, text: string): Promise<string>;
}

/** How long a page waits for Perisai before it says that the matter is under way, ms. */
const politeness = 2_500;
const longest = { post: 5_000, report: 5_000 };

function worded(text: string, limit: number): string {
  const trimmed = text.replace(/\r\n/g, '\n').trim();
  if (trimmed === '') throw new Refusal(400, 'empty');
  if (trimmed.length > limit) throw new Refusal(400, 'too-long');
  return trimmed;
}

/** The counter of one Warung. */
export function openCounter(house: {
  database: Database;
  outbox: Outbox;
  perisai: Perisai;
  publicUrl: () => string;
  person: (handle: string) => Promise<Account | null>;
}): Counter {
  const { database, outbox } = house;

  async function own(author: Account, found: Post | null): Promise<Post> {
    if (found === null || found.deleted_at !== null) throw new Refusal(404, 'not-found');
    if (found.author !== author.id) throw new Refusal(403, 'not-yours');
    return found;
  }

  return {
    async write(author, text, where) {
      const recipient = where.to === undefined ? null : await house.person(where.to);
      if (where.to !== undefined && (recipient === null || recipient.id === author.id)) throw new Refusal(404, 'unknown-person');
      const parent = where.parent === undefined ? null : await find(database, where.parent);
      if (where.parent !== undefined && (parent === null || parent.kind !== 'post' || !mayRead(parent, author)))
        throw new Refusal(404, 'not-found');
      const draft = { author, text: worded(text, longest.post), recipient: recipient?.id ?? null, parent: parent?.id ?? null };
      const { id, errand } = await database.transaction(async (sql) => {
        const made = await write(sql, draft);
        if (recipient !== null) return { id: made, errand: null };
        return { id: made, errand: await owe(sql, { kind: 'screen', lane: `screen ${made} 1`, task: { post: made, revision: 1 } }) };
      });
      if (errand !== null) await outbox.attempt(errand, politeness);
      return id;
    },

    async edit(author, id, text) {
      const words = worded(text, longest.post);
      const errand = await database.transaction(async (sql) => {
        const post = await own(author, await hold(sql, id));
        if (!mayEdit(post, author)) throw new Refusal(403, 'not-yours');
        await revise(sql, post.id, words);
        const revision = post.revision + 1;
        return owe(sql, { kind: 'screen', lane: `screen ${post.id} ${revision}`, task: { post: post.id, revision } });
      });
      await outbox.attempt(errand, politeness);
    },

    async erase(author, id) {
      await database.transaction(async (sql) => erase(sql, (await own(author, await hold(sql, id))).id));
    },

    async report(who, id, what) {
      const post = await find(database, id);
      if (post === null || !mayReport(post, who)) throw new Refusal(404, 'not-found');
      if (what.text.length > longest.report) throw new Refusal(400, 'too-long');
      const draft = { post, reporter: who, ...what, text: what.text.trim() };
      const kept = await database.transaction((sql) => report(sql, draft, house.publicUrl()));
      await outbox.attempt(kept.errand, politeness);
      return kept.id;
    },

    async appeal(account, by, text) {
      const words = worded(text, longest.report);
      const notice =
        by.notice !== undefined
          ? await noticeOf(database, account.id, by.notice)
          : ((await noticesOf(database, account.id)).find((each) => each.about.decision === by.decision) ?? null);
      if (by.notice !== undefined && notice === null) throw new Refusal(404, 'not-found');
      const decision = notice?.about.decision ?? by.decision;
      if (decision === undefined) throw new Refusal(404, 'no-decision');
      const role = notice?.role === 'reporter' ? ('reporter' as const) : ('author' as const);
      const kept = await database.transaction((sql) => appeal(sql, { account, decision, role, text: words, language: account.language }));
      if (kept === null) throw new Refusal(409, 'already-appealed');
      await outbox.attempt(kept.errand, politeness);
      return kept.id;
    },
  };
}
