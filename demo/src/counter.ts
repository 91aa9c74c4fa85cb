import type { Account } from './accounts.ts';
import { appeal } from './appeals.ts';
import type { Database } from './database.ts';
import { owe } from './errands.ts';
import { noticeOf, noticesOf } from './inbox.ts';
import { mayEnter, mayWrite } from './measures/standing.ts';
import { mayAnswer, mayEdit, mayRead, mayReport } from './measures/state.ts';
import type { Outbox } from './outbox.ts';
import type { Harm, Language, Perisai, Relation } from './perisai.ts';
import { attachment } from './places/attachments.ts';
import { enterGroup, isMember, leaveGroup } from './places/groups.ts';
import type { Lending } from './places/lending.ts';
import { countSearch, suggestible, suggestionFor } from './places/search.ts';
import type { Draft, Post } from './posts.ts';
import { erase, find, finish, hold, revise, write } from './posts.ts';
import { report } from './reports.ts';

/** Asked for something that isn't there, or that this person may not do: told as an HTTP status and a word for the page to explain. */
export class Refusal extends Error {
  readonly status: number;
  readonly code:
    | 'not-found'
    | 'not-yours'
    | 'empty'
    | 'too-long'
    | 'already-appealed'
    | 'no-decision'
    | 'unknown-person'
    | 'log-in'
    | 'restricted'
    | 'closed'
    | 'link';
  constructor(status: number, code: Refusal['code']) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Where something is written: to somebody, under a post, in a group; or a group, a live session, an advertisement of its own. */
export interface Where {
  to?: string;
  parent?: string;
  group?: string;
  as?: 'group' | 'live' | 'ad';
  /** Where an advertisement leads. */
  link?: string;
  /** A drawing or a drill's file that hangs on it. */
  attachment?: string;
}

/** What somebody reports, in which language they want the answer, and for which child in their care, if any. */
export interface Complaint {
  harm: Harm;
  text: string;
  language: Language;
  email: string | null;
  forChild: Relation | null;
}

/** The acts of Warung's people, the same for its pages and for `/api`. Each throws Refusal. */
export interface Counter {
  /** Keeps it and has it screened; comes back with its verdict, or after a short wait with it still pending. Answers the id. */
  write(author: Account, text: string, where: Where): Promise<string>;
  /** The next thing said in the author's own live session: the session as it then stands is screened anew. */
  say(author: Account, live: string, text: string): Promise<void>;
  finish(author: Account, live: string): Promise<void>;
  enterGroup(account: Account, group: string): Promise<void>;
  leaveGroup(account: Account, group: string): Promise<void>;
  /** Somebody searched for these words: others may be shown them. */
  searched(account: Account, words: string): Promise<void>;
  edit(author: Account, id: string, text: string): Promise<void>;
  erase(author: Account, id: string): Promise<void>;
  /** Answers Warung's id of the report, whether Perisai has it yet or not. */
  report(who: Account | null, id: string, what: Complaint): Promise<string>;
  /** `by.notice`: the notice in the inbox that the appeal answers; or the decision itself. */
  appeal(account: Account, by: { notice?: string; decision?: string }, text: string): Promise<string>;
}

/** How long a page waits for Perisai before it says that the matter is under way, ms. */
const politeness = 2_500;
const longest = { post: 5_000, report: 5_000, live: 18_000 };

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
  lending: Lending;
  person: (handle: string) => Promise<Account | null>;
}): Counter {
  const { database, outbox } = house;

  async function own(author: Account, found: Post | null): Promise<Post> {
    if (found === null || found.deleted_at !== null) throw new Refusal(404, 'not-found');
    if (found.author !== author.id) throw new Refusal(403, 'not-yours');
    return found;
  }

  function open(account: Account): void {
    if (!mayEnter(account.standing)) throw new Refusal(403, 'closed');
    if (!mayWrite(account.standing)) throw new Refusal(403, 'restricted');
  }

  async function publish(draft: Draft): Promise<string> {
    const { id, errand } = await database.transaction(async (sql) => {
      const made = await write(sql, draft);
      if (draft.kind === 'group') await enterGroup(sql, made, draft.author.id);
      if (draft.kind === 'message') return { id: made, errand: null };
      return { id: made, errand: await owe(sql, { kind: 'screen', lane: `screen ${made} 1`, task: { post: made, revision: 1 } }) };
    });
    if (errand !== null) await outbox.attempt(errand, politeness);
    return id;
  }

  /** Changes the author's own words as `change` says, and has them screened again. */
  async function rewrite(author: Account, id: string, change: (post: Post) => string): Promise<void> {
    open(author);
    const errand = await database.transaction(async (sql) => {
      const post = await own(author, await hold(sql, id));
      if (!mayEdit(post, author)) throw new Refusal(403, 'not-yours');
      await revise(sql, post.id, change(post));
      const revision = post.revision + 1;
      return owe(sql, { kind: 'screen', lane: `screen ${post.id} ${revision}`, task: { post: post.id, revision } });
    });
    await outbox.attempt(errand, politeness);
  }

  async function groupFor(account: Account, id: string): Promise<Post> {
    const group = await find(database, id);
    if (group === null || group.kind !== 'group' || !mayRead(group, account)) throw new Refusal(404, 'not-found');
    return group;
  }

  return {
    async write(author, text, where) {
      open(author);
      const recipient = where.to === undefined ? null : await house.person(where.to);
      if (where.to !== undefined && (recipient === null || recipient.id === author.id)) throw new Refusal(404, 'unknown-person');
      const parent = where.parent === undefined ? null : await find(database, where.parent);
      if (where.parent !== undefined && (parent === null || !mayAnswer(parent, author))) throw new Refusal(404, 'not-found');
      const group = where.group === undefined ? (parent?.grp ?? null) : (await groupFor(author, where.group)).id;
      if (group !== null && !(await isMember(database, group, author.id))) throw new Refusal(404, 'not-found');
      if (where.attachment !== undefined && attachment(where.attachment) === null) throw new Refusal(400, 'not-found');
      const link = where.as === 'ad' ? (where.link ?? '') : null;
      if (link !== null && !/^https:\/\/[^\s/]+\.example(\/\S*)?$/.test(link)) throw new Refusal(400, 'link');
      return publish({
        author,
        text: worded(text, longest.post),
        kind: recipient !== null ? 'message' : parent !== null ? 'comment' : (where.as ?? 'post'),
        recipient: recipient?.id ?? null,
        parent: parent?.id ?? null,
        grp: group,
        link,
        attachment: where.attachment ?? null,
      });
    },

    async edit(author, id, text) {
      const words = worded(text, longest.post);
      await rewrite(author, id, () => words);
    },

    async say(author, live, text) {
      const words = worded(text, longest.post);
      await rewrite(author, live, (post) => {
        if (post.kind !== 'live') throw new Refusal(404, 'not-found');
        return worded(`${post.text}\n\n${words}`, longest.live);
      });
    },

    async finish(author, live) {
      await database.transaction(async (sql) => {
        const post = await own(author, await hold(sql, live));
        if (post.kind !== 'live') throw new Refusal(404, 'not-found');
        await finish(sql, post.id);
      });
    },

    async enterGroup(account, group) {
      open(account);
      await enterGroup(database, (await groupFor(account, group)).id, account.id);
    },

    async leaveGroup(account, group) {
      await leaveGroup(database, (await groupFor(account, group)).id, account.id);
    },

    async searched(account, words) {
      if (!suggestible(words) || !mayWrite(account.standing)) return;
      const before = await suggestionFor(database, words);
      const none = { recipient: null, parent: null, grp: null, link: null, attachment: null };
      // Two who search for the same new words at the same time: the second finds that the first was quicker.
      const made =
        before ??
        (await publish({ author: account, text: words, kind: 'suggestion', ...none }).catch(async (error: Error & { code?: string }) => {
          const quicker = error.code === '23505' ? await suggestionFor(database, words) : null;
          if (quicker === null) throw error;
          return quicker;
        }));
      await countSearch(database, made, account.id);
    },

    async erase(author, id) {
      await database.transaction(async (sql) => erase(sql, (await own(author, await hold(sql, id))).id));
    },

    async report(who, id, what) {
      const post = await find(database, id);
      if (post === null || !mayReport(post, who)) throw new Refusal(404, 'not-found');
      if (who !== null && !mayEnter(who.standing)) throw new Refusal(403, 'closed');
      if (what.text.length > longest.report) throw new Refusal(400, 'too-long');
      const draft = { post, reporter: who, ...what, text: what.text.trim() };
      const kept = await database.transaction((sql) => report(sql, draft, house.publicUrl(), house.lending));
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
