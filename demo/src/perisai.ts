/** A language of Perisai and of Warung's people: Malay, English, Chinese, Tamil. */
export type Language = 'ms' | 'en' | 'zh' | 'ta';
export const languages: readonly Language[] = ['ms', 'en', 'zh', 'ta'];

/** What a report may be about, in the order in which the form shows it. */
export const harms = ['scam', 'bullying-hate', 'intimate-image', 'child-harm', 'csam', 'violence-terrorism', 'manipulated-media'] as const;
export type Harm = (typeof harms)[number];

/** What somebody is to the child they report for. */
export const relations = ['parent', 'guardian', 'carer'] as const;
export type Relation = (typeof relations)[number];

export interface Author {
  id: string;
  handle: string;
  language: Language;
}

/** A file: its bytes, or from where they are fetched. */
export type Media = { type: string; bytes: string } | { type: string; url: string; sha256: string; size: number };

/** A revision of something somebody wrote, as Perisai's API takes it. */
export interface Item {
  id: string;
  kind: 'post' | 'comment' | 'message' | 'group' | 'live' | 'ad' | 'suggestion';
  surface: string;
  revision: string;
  author: Author;
  text: string;
  media?: Media[];
  parent?: string;
  created_at: string;
  edited_at?: string;
  url: string;
}

export interface Verdict {
  verdict: 'allow' | 'review' | 'restrict' | 'withhold' | 'block';
  target_seq: number | null;
  statement: string | null;
}

export interface Receipt {
  report: string;
  state: string;
  acknowledge_by: string | null;
  status_by: string | null;
  answer_by: string | null;
  status_url: string;
  contact_code: string;
  pin: string;
}

/**
 * An `action.requested`, from the webhook or from the list of pending ones. What is asked for, and of what, may be newer than this
 * Warung: both are words, and what it doesn't know it says that it has not done.
 */
export interface Action {
  action: string;
  target: { kind: string; id: string; revision?: string; surface?: string };
  target_seq: number;
  do: string;
  label?: string | null;
  desired: string;
  /** `MY`: it holds for people in Malaysia; missing or anything else: everywhere. */
  territory?: string | null;
  decision: string;
  acknowledge: string;
}

export interface Appealed {
  appeal: string;
  state: string;
  answer_by: string;
  status_url: string;
}

/**
 * Perisai did not do what was asked. `status` 0: no answer came. `final`: asking again with the same words would get the same
 * answer; a refused key (401, 403 without a reason of its own) is not final, since its owner can mend it.
 */
export class PerisaiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly final: boolean;
  constructor(status: number, code: string, detail: string) {
    super(`${status === 0 ? 'no answer' : status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.final = [400, 404, 410, 413, 415, 422].includes(status) || code === 'appeal-exists' || code === 'appeal-not-open';
  }
}

/** Perisai's public HTTP API, as much of it as Warung uses. Each call throws PerisaiError. */
export interface Perisai {
  screen(item: Item, key: string): Promise<Verdict>;
  report(body: unknown, key: string): Promise<Receipt>;
  reported(report: string): Promise<{ state: string; outcome: string | null }>;
  appeal(body: unknown, key: string): Promise<Appealed>;
  /** `url` comes with the action; its path is called at the address that Warung was given, so that the key goes nowhere else. */
  acknowledge(url: string, body: { target_seq: number; state: string; at: string }): Promise<{ state: string }>;
  pending(after: string | null): Promise<{ items: Action[]; next: string | null }>;
}

/** A client for the Perisai at `base`. A call that takes longer than `patience` ms counts as unanswered. */
export function connectPerisai(base: string, apiKey: string, patience: number): Perisai {
  const home = new URL(base.endsWith('/') ? base : `${base}/`);

  async function call<T>(method: string, path: string, body?: unknown, key?: string, wait = patience): Promise<T> {
    const url = new URL(path, home);
    const headers: Record<string, string> = { authorization: `Bearer ${apiKey}`, accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (key !== undefined) headers['idempotency-key'] = key;
    const init: RequestInit = { method, headers, redirect: 'error', signal: AbortSignal.timeout(wait) };
    if (body !== undefined) init.body = JSON.stringify(body);
    const [status, text] = await fetch(url, init)
      .then(async (answer): Promise<[number, string]> => [answer.status, await answer.text()])
      .catch((error: Error) => {
        throw new PerisaiError(0, 'unreachable', error.cause instanceof Error ? error.cause.message : error.message);
      });
    const parsed = read(text);
    if (status >= 200 && status < 300 && parsed !== null) return parsed as T;
    throw new PerisaiError(status, String(parsed?.['code'] ?? 'unexpected-answer'), String(parsed?.['detail'] ?? text.slice(0, 200)));
  }

  return {
    screen: (item, key) => call('POST', 'v1/screen', { item }, key),
    report: (body, key) => call('POST', 'v1/reports', body, key),
    reported: (report) => call('GET', `v1/reports/${encodeURIComponent(report)}`, undefined, undefined, Math.min(patience, 1_500)),
    appeal: (body, key) => call('POST', 'v1/appeals', body, key),
    acknowledge: (url, body) => call('POST', new URL(url, home).pathname, body),
    pending: (after) => call('GET', `v1/actions?state=pending${after === null ? '' : `&after=${encodeURIComponent(after)}`}`),
  };
}

function read(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not JSON: a proxy's error page, perhaps. The caller tells of it with its status.
    return null;
  }
}
