import type { FinalDetermination } from '../../policy/index.ts';
import { totpCode } from '../../staff/index.ts';

export interface Judgement {
  readonly determination: FinalDetermination;
  /** Empty where nothing is broken. */
  readonly clause: string;
  readonly reason: string;
  /** What is done to the author’s account: `suggested` by the ladder, or a gentler step. Not asked: it is left alone. */
  readonly measure?: string;
  /** `MY`: in Malaysia only. */
  readonly territory?: string;
  /** For how many days. */
  readonly days?: string;
}

export interface InquiryAnswered {
  readonly outcome: 'explained' | 'appeal' | 'corrected';
  readonly reason: string;
}

interface SeenFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Somebody of the staff at their browser: pages are fetched, forms are sent with what stands hidden in them. */
export interface StaffClient {
  /** A page as it stands. @throws Error where it isn't answered 200 */
  read(path: string): Promise<string>;
  /** The queue as it stands on the page. @returns how many cases its first page shows */
  queue(): Promise<number>;
  /** Takes the worst case that nobody holds. @returns its id; null where there is none just now */
  takeNext(): Promise<string | null>;
  /** Looks at the files of a case, as its page shows them; asks for what is shown only to who asks. */
  files(caseId: string): Promise<readonly SeenFile[]>;
  hide(caseId: string, clause: string): Promise<void>;
  decide(caseId: string, judgement: Judgement): Promise<void>;
  /** Dismisses one report of a case that they hold, on a ground of the Act. */
  dismiss(caseId: string, dismissal: { readonly report: string; readonly ground: string; readonly because: string }): Promise<void>;
  /** Brings all that is suggested into the bundle of a case. @returns how many were suggested */
  gather(caseId: string): Promise<number>;
  /** Decides a bundle as one; what needs two waits for the second person. */
  decideBundle(caseId: string, judgement: Judgement): Promise<void>;
  /** Looks at the material of what waits for a second person, the first of the list, and says yes. @returns whether anything waited */
  agree(): Promise<boolean>;
  /** Ids of the appeals that wait. */
  appeals(): Promise<string[]>;
  /** Ids of the inquiries that wait. */
  inquiries(): Promise<string[]>;
  /** @returns how the form was answered: 303 done, 403 not this person */
  answerInquiry(id: string, answer: InquiryAnswered): Promise<number>;
  /** @returns how the form was answered: 303 done, 403 not this person */
  decideAppeal(id: string, ruling: Judgement & { readonly outcome: 'upheld' | 'overturned' }): Promise<number>;
}

export interface Credentials {
  readonly login: string;
  readonly password: string;
  readonly totpSecret: string;
}

interface Page {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * Logs in with password and code.
 * @param at whose code is typed; a code works once, so an earlier one leaves the present one to somebody else
 */
export async function logIn(base: string, { login, password, totpSecret }: Credentials, at: Date = new Date()): Promise<StaffClient> {
  const browser = openBrowser(base);
  await browser.send('/desk/log-in', '/desk/log-in', { login, password, code: totpCode(totpSecret, at) });
  return {
    async read(path) {
      return (await browser.read(path)).text;
    },
    async queue() {
      const { text } = await browser.read('/desk/queue');
      return new Set(text.match(new RegExp(`/desk/cases/${id}`, 'g')) ?? []).size;
    },
    async takeNext() {
      const { location } = await browser.send('/desk/queue', '/desk/queue/next', {});
      return new RegExp(`^/desk/cases/(${id})$`).exec(location)?.[1] ?? null;
    },
    async files(caseId) {
      const at = `/desk/cases/${caseId}`;
      const page = (await browser.read(at)).text;
      const shown = page.includes(`${at}/reveal`) ? (await browser.send(at, `${at}/reveal`, {}, [200])).text : page;
      const addresses = [...shown.matchAll(/<(?:img|video|audio) src="([^"]+)"/g)].map(([, src]) =>
        (src as string).replaceAll('&amp;', '&'),
      );
      return Promise.all(addresses.map((address) => browser.file(address)));
    },
    async hide(caseId, clause) {
      await browser.send(`/desk/cases/${caseId}`, `/desk/cases/${caseId}/hide`, { clause });
    },
    async decide(caseId, judgement) {
      await browser.send(`/desk/cases/${caseId}`, `/desk/cases/${caseId}/decide`, { ...judgement });
    },
    async dismiss(caseId, dismissal) {
      await browser.send(`/desk/cases/${caseId}`, `/desk/cases/${caseId}/dismiss`, { ...dismissal });
    },
    async gather(caseId) {
      const at = `/desk/cases/${caseId}/bundle`;
      const { text } = await browser.read(at);
      const suggested = [...text.matchAll(new RegExp(`name="case" value="(${id} [a-z ]+)"`, 'g'))].map(([, one]) => one as string);
      await browser.send(at, `${at}/gather`, { case: suggested });
      return suggested.length;
    },
    async decideBundle(caseId, judgement) {
      const at = `/desk/cases/${caseId}/bundle`;
      await browser.send(at, `${at}/decide`, { ...judgement });
    },
    async agree() {
      const list = await browser.ask('/desk/approvals');
      const at = new RegExp(`/desk/approvals/${id}`).exec(list.text)?.[0];
      if (list.status !== 200 || at === undefined) return false;
      // Of what is not shown by itself the look comes first; what is known by its fingerprint is settled without one.
      if (!(await browser.read(at)).text.includes(`${at}/settle`)) await browser.send(at, `${at}/reveal`, {}, [200]);
      await browser.send(at, `${at}/settle`, { outcome: 'confirmed' });
      return true;
    },
    async inquiries() {
      const { text } = await browser.read('/desk/inquiries');
      return [...new Set([...text.matchAll(new RegExp(`/desk/inquiries/(${id})`, 'g'))].map(([, found]) => found as string))];
    },
    async answerInquiry(inquiry, answer) {
      const page = `/desk/inquiries/${inquiry}`;
      const about = (await browser.read(page)).text.includes('name="about" value="dismissal"') ? { about: 'dismissal' } : {};
      return (await browser.send(page, `${page}/answer`, { ...about, ...answer }, [303, 403])).status;
    },
    async appeals() {
      const { text } = await browser.read('/desk/appeals');
      return [...new Set([...text.matchAll(new RegExp(`/desk/appeals/(${id})`, 'g'))].map(([, found]) => found as string))];
    },
    async decideAppeal(appeal, ruling) {
      // Its page may be refused to this person as well; the hidden field of any page of theirs is good for the form.
      const { status } = await browser.send('/desk/queue', `/desk/appeals/${appeal}/decide`, { ...ruling }, [303, 403]);
      return status;
    },
  };
}

/** A browser that keeps cookies, follows nothing and fills in forms; of staff, or of somebody who reported. */
export function openBrowser(base: string) {
  const jar = new Map<string, string>();

  function request(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return fetch(new URL(path, base), { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Page> {
    const response = await request(path, init);
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(set) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() };
  }

  async function read(path: string): Promise<Page> {
    const page = await ask(path);
    if (page.status !== 200) throw new Error(`GET ${path} was answered ${page.status}${page.location && ` to ${page.location}`}.`);
    return page;
  }

  return {
    ask,
    read,
    /** A picture, video or sound that stands on a page. @throws Error where it isn't answered 200 */
    async file(path: string): Promise<SeenFile> {
      const response = await request(path);
      if (response.status !== 200) throw new Error(`GET ${path} was answered ${response.status}.`);
      return { type: response.headers.get('content-type') ?? '', bytes: Buffer.from(await response.arrayBuffer()) };
    },
    /** Sends a form that stands on a page. @throws Error where it is answered otherwise than expected */
    async send(
      from: string,
      to: string,
      fields: Readonly<Record<string, string | readonly string[]>>,
      expected: readonly number[] = [303],
    ): Promise<Page> {
      const csrf = /name="csrf" value="([^"]+)"/.exec((await read(from)).text)?.[1];
      if (csrf === undefined) throw new Error(`The page ${from} has no form of ours.`);
      const page = await ask(to, {
        method: 'POST',
        headers: { origin: new URL(base).origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams([
          ...Object.entries(fields).flatMap(([name, said]) => [said].flat().map((one) => [name, one as string])),
          ['csrf', csrf],
        ]).toString(),
      });
      if (!expected.includes(page.status)) throw new Error(`POST ${to} was answered ${page.status}: ${heading(page.text)}`);
      return page;
    },
  };
}

/** What a page says first, for the person at the terminal. */
function heading(text: string): string {
  const words = /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1] ?? '';
  return words.replace(/<[^>]+>/g, '').trim();
}
