import { type ShownPost, type WarungClient, warungClient } from '@perisai/warung/client';
import { logIn, type StaffClient } from '../stage/staff-client.ts';
import type { Stage } from '../stage.ts';
import { held, type Teller, until } from './teller.ts';

interface Cast {
  readonly stage: Stage;
  readonly teller: Teller;
  readonly warung: WarungClient;
  /** Decides first. A senior moderator, so that only *the same person* can stand in her way in appeal. */
  readonly first: StaffClient;
  readonly second: StaffClient;
}

/** Both acts of the story. Warung is spoken to by its `/api`, Perisai by its API and by the forms of the staff pages; nothing else. */
export async function playLoop(stage: Stage, teller: Teller): Promise<void> {
  const warung = warungClient(stage.warung);
  await warung.join({ handle: 'badrul', name: 'Badrul', language: 'ms' });
  await warung.join({ handle: 'aminah', name: 'Aminah', language: 'ms' });
  await warung.join({ handle: 'ravi', name: 'Ravi', language: 'ta' });
  const [first, second] = await Promise.all(['seri', 'mullai'].map((login) => logIn(stage.perisai.url, member(stage, login))));
  const cast: Cast = { stage, teller, warung, first: first as StaffClient, second: second as StaffClient };
  teller.step('Two senior moderators log in to the staff pages, with password and code');
  await scam(cast);
  await reported(cast);
}

/** (a) A scam in Malay: kept back before anybody saw it, decided, removed, its author told. */
async function scam(cast: Cast): Promise<void> {
  const { teller, warung, first } = cast;
  const post = await warung.write('badrul', {
    text: 'TAHNIAH! Anda menang RM10,000. Bayar RM50 untuk proses dan tuntut hadiah anda sekarang di https://tebus-hadiah.example/tuntut',
  });
  held(post.state === 'hidden', `Warung shows the scam as ${post.state}, not hidden`);
  teller.step('(a) A scam in Malay is posted in Warung; screening withholds it before anybody sees it', { post: post.id });
  await nothingWaits(cast);
  teller.step('Warung has acknowledged that it is hidden');

  const id = await takeNext(first);
  await first.decide(id, {
    determination: 'remove',
    clause: 'scam.prize',
    reason: 'Hantaran ini menjanjikan hadiah palsu dan meminta bayaran di muka.',
  });
  await shows(cast, 'badrul', post, 'removed');
  await nothingWaits(cast);
  teller.step('A moderator takes the worst case and removes it by clause scam.prize, with a reason; Warung has removed it and said so', {
    case: id,
  });
  const { title } = await told(cast, 'badrul', 'ms', ({ body }) => body.includes('menjanjikan hadiah palsu'));
  teller.step('Its author is told in Malay', { title });
}

/** (b) A post that nothing was wrong with: reported, hidden, removed, and restored on appeal by another person. */
async function reported(cast: Cast): Promise<void> {
  const { stage, teller, warung, first, second } = cast;
  const post = await warung.write('aminah', { text: 'Jiran saya itu kepala batu betul, susah nak bawa berbincang.' });
  held(post.state === 'visible', `Warung shows the post as ${post.state}, not visible`);
  const { report } = await warung.report('ravi', post.id, {
    harm: 'bullying-hate',
    text: 'இந்தப் பதிவு ஒருவரைப் புண்படுத்துகிறது.',
    language: 'ta',
  });
  held(report !== null, 'the report did not reach Perisai');
  teller.step('(b) A post in Malay is published, and reported by a Tamil reader', { report });
  const receipt = await told(cast, 'ravi', 'ta', ({ kind, about }) => kind === 'report.acknowledged' && about.report === report);
  teller.step('He has an acknowledgement in Tamil', { title: receipt.title });

  const id = await takeNext(first);
  await first.hide(id, 'bullying.harassment');
  await shows(cast, 'aminah', post, 'hidden');
  await nothingWaits(cast);
  teller.step('A moderator makes it inaccessible while she decides; Warung has hidden it and said so', { case: id });
  await first.decide(id, {
    determination: 'remove',
    clause: 'bullying.harassment',
    reason: 'Hantaran ini menghina seseorang yang boleh dikenali.',
  });
  await shows(cast, 'aminah', post, 'removed');
  await nothingWaits(cast);
  teller.step('She decides, with clause and reason; Warung has removed it and said so');
  const removal = await told(cast, 'aminah', 'ms', ({ body }) => body.includes('menghina seseorang'));
  held(removal.appeal_url !== null, 'the author is not told how to appeal');
  teller.step('The author is told in Malay what was done and why, and how to appeal', { title: removal.title });
  const answer = await told(cast, 'ravi', 'ta', ({ about }) => about.decision === removal.about.decision && about.report === report);
  // Perisai knows that he was told a moment after he was: when Warung has answered.
  await until('the report to have its outcome', async () => (await ask(stage, `/v1/reports/${report}`))['outcome'] === 'actioned');
  teller.step('The reporter is told in Tamil what came of his report', { title: answer.title });
  held((await fetch(String(removal.statement_url))).status === 200, 'the statement of reasons does not open');
  teller.step('The link in her notice opens the statement of reasons');

  await warung.appeal('aminah', { notice: removal.id, text: 'Saya hanya meluah perasaan, tiada nama disebut.' });
  const [appeal] = await until('the appeal to arrive', async () => {
    const waiting = await second.appeals();
    return waiting.length > 0 ? waiting : null;
  });
  const ruling = {
    outcome: 'overturned',
    determination: 'none',
    clause: '',
    reason: 'Tiada sesiapa yang boleh dikenali; ini luahan biasa.',
  } as const;
  held((await first.decideAppeal(appeal as string, ruling)) === 403, 'who made the decision could decide the appeal against it');
  teller.step('She appeals; who decided first is refused, for somebody else must look', { appeal });
  held((await second.decideAppeal(appeal as string, ruling)) === 303, 'the second moderator could not decide the appeal');
  await shows(cast, 'aminah', post, 'visible');
  await nothingWaits(cast);
  teller.step('Another person overturns the decision; the post is back in Warung, and Warung has said so');
  const restored = await told(
    cast,
    'aminah',
    'ms',
    ({ body, about }) => about.decision !== removal.about.decision && body.includes('luahan biasa'),
  );
  teller.step('The author is told in Malay that it was restored', { title: restored.title });
}

/** A case that is being written to at this moment (Warung's word arrives, its author is told) is passed over: it is there the next time. */
function takeNext(moderator: StaffClient): Promise<string> {
  return until('a case to take', () => moderator.takeNext());
}

function member({ staff }: Stage, login: string) {
  const found = staff.find((one) => one.login === login);
  if (!found) throw new Error(`Nobody called ${login} is on the seeded staff.`);
  return found;
}

async function ask({ perisai, key }: Stage, path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${perisai.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  held(response.ok, `GET ${path} was answered ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}

/** *Decided, not enforced* is empty: Perisai waits for no acknowledgement. */
async function nothingWaits({ stage }: Cast): Promise<void> {
  await until('Warung to acknowledge', async () => {
    const { items } = (await ask(stage, '/v1/actions?state=pending')) as { items: unknown[] };
    return items.length === 0;
  });
}

/** What Warung shows the author of a post. */
async function shows({ warung }: Cast, author: string, post: ShownPost, state: ShownPost['state']): Promise<void> {
  await until(`Warung to show the post as ${state}`, async () => (await warung.look(author, post.id)).state === state);
}

const scripts = { ms: /\p{Script=Latin}/u, en: /\p{Script=Latin}/u, zh: /\p{Script=Han}/u, ta: /\p{Script=Tamil}/u } as const;
type Notice = Awaited<ReturnType<WarungClient['inbox']>>[number];

/** The notice in somebody's inbox at Warung, which must be in their language and in its script. */
async function told({ warung }: Cast, who: string, language: keyof typeof scripts, which: (notice: Notice) => boolean): Promise<Notice> {
  const notice = await until(`${who} to be told`, async () => (await warung.inbox(who)).find(which));
  held(notice.language === language && scripts[language].test(notice.title), `${who} was told in ${notice.language}, not in ${language}`);
  return notice;
}
