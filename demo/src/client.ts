import type { Account, Newcomer } from './accounts.ts';
import type { Where } from './counter.ts';
import type { Notice } from './inbox.ts';
import type { State } from './measures/state.ts';
import type { Harm, Language, Relation } from './perisai.ts';
import type { Mode } from './weather.ts';

/** A post as `/api` shows it. */
export interface ShownPost {
  id: string;
  state: State;
  revision: number;
  text: string | null;
  label: string | null;
  statement: string | null;
}

/** A report as `/api` answers it; nulls: Warung keeps it, and Perisai doesn't have it yet. */
export interface ShownReport {
  id: string;
  report: string | null;
  state: string;
  status_url: string | null;
  contact_code: string | null;
  pin: string | null;
}

/** What somebody finds at Warung: ids, and the words suggested to them. */
export interface Found {
  posts: string[];
  suggestions: { id: string; text: string }[];
  recommended: string[];
  ads: string[];
}

/** Warung's `/api` refused; `code` is its word for why. */
export class WarungError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(`${status} ${code} ${detail}`);
    this.status = status;
    this.code = code;
  }
}

/** Warung's `/api` over HTTP. `who` is the handle of the account that acts; null: a guest. Each call throws WarungError. */
export interface WarungClient {
  accounts(): Promise<Account[]>;
  join(account: Newcomer): Promise<Account>;
  write(who: string, post: Where & { text: string; surface?: string }): Promise<ShownPost>;
  /** The next thing said in a live session, and its end. */
  say(who: string, live: string, text: string): Promise<ShownPost>;
  finish(who: string, live: string): Promise<ShownPost>;
  enterGroup(who: string, group: string): Promise<void>;
  leaveGroup(who: string, group: string): Promise<void>;
  search(who: string | null, words: string): Promise<Found>;
  look(who: string | null, post: string): Promise<ShownPost>;
  edit(who: string, post: string, text: string): Promise<ShownPost>;
  erase(who: string, post: string): Promise<ShownPost>;
  report(
    who: string | null,
    post: string,
    report: { harm: Harm; text?: string; language: Language; email?: string; for_child?: Relation },
  ): Promise<ShownReport>;
  reports(who: string): Promise<(ShownReport & { outcome: string | null })[]>;
  inbox(who: string): Promise<Notice[]>;
  appeal(
    who: string,
    appeal: { notice?: string; decision?: string; text: string },
  ): Promise<{ id: string; appeal: string | null; state: string }>;
  weather(mode: Mode): Promise<void>;
  /** How many calls Warung still owes Perisai. */
  owed(): Promise<number>;
}

/** A client for the Warung at `base` (it must run with WARUNG_AUTOMATION=1). */
export function warungClient(base: string): WarungClient {
  async function call<T>(method: string, path: string, who: string | null, body?: unknown): Promise<T> {
    const headers: Record<string, string> = {};
    if (who !== null) headers['x-warung-account'] = who;
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(body);
    }
    const answer = await fetch(new URL(`/api/${path}`, base), init);
    const told = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new WarungError(answer.status, String(told['code']), String(told['detail'] ?? ''));
    return told as T;
  }
  return {
    accounts: () => call('GET', 'accounts', null),
    join: (account) => call('POST', 'accounts', null, account),
    write: (who, post) => call('POST', 'posts', who, post),
    say: (who, live, text) => call('POST', `posts/${live}/segments`, who, { text }),
    finish: (who, live) => call('POST', `posts/${live}/finish`, who),
    enterGroup: async (who, group) => void (await call('POST', `groups/${group}/enter`, who)),
    leaveGroup: async (who, group) => void (await call('POST', `groups/${group}/leave`, who)),
    search: (who, words) => call('GET', `search?q=${encodeURIComponent(words)}`, who),
    look: (who, post) => call('GET', `posts/${post}`, who),
    edit: (who, post, text) => call('POST', `posts/${post}/edit`, who, { text }),
    erase: (who, post) => call('POST', `posts/${post}/delete`, who),
    report: (who, post, report) => call('POST', `posts/${post}/reports`, who, report),
    reports: (who) => call('GET', 'reports', who),
    inbox: (who) => call('GET', 'inbox', who),
    appeal: (who, appeal) => call('POST', 'appeals', who, appeal),
    weather: async (mode) => void (await call('POST', 'weather', null, { mode })),
    owed: async () => (await call<{ open: number }>('GET', 'errands', null)).open,
  };
}
