import * as calls from '../calls/questions.ts';
import * as counts from '../counts/questions.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database, Tx } from '../foundation/db/transaction.ts';
import { bad, type Check, type Finding, good, warn } from '../foundation/doctor.ts';
import { listServiceKeys } from '../foundation/http/keys.ts';
import { type Delivery, undelivered } from '../foundation/outbox/outbox.ts';
import { webhookSecrets } from '../foundation/outbox/secrets.ts';
import type { House } from '../procedure/house.ts';
import { lag } from '../records/questions.ts';
import * as staff from '../staff/questions.ts';
import * as subjects from '../subjects/questions.ts';

type Means = Pick<House, 'keyEncryption'> & { readonly db: Database; readonly clock: Clock };

/** What the doctor asks of an installation that is set up: can everybody be answered, and does what was promised arrive? Reads only. */
export function operationChecks(means: Means): Check[] {
  const asked = (look: (tx: Tx) => Promise<Finding>) => () => means.db.begin('doors', look);
  return [
    { name: 'staff', run: asked(staffing) },
    { name: 'two people', run: asked(twoPeople) },
    { name: 'calls', run: asked((tx) => calling(means, tx)) },
    { name: 'services', run: asked((tx) => services(means, tx)) },
    { name: 'subscribers', run: asked(subscribers) },
    { name: 'counts', run: asked(counted) },
    { name: 'webhooks', run: asked((tx) => webhooks(means, tx)) },
  ];
}

/** From eight million people on, a service needs a licence: its approach is seen before. */
async function counted(tx: Tx): Promise<Finding> {
  const newest = await counts.newestCounts(tx);
  const most = newest.reduce(
    (one, other) => (other.monthly > one.monthly ? other : one),
    newest[0] ?? { service: '', surface: '', monthly: 0 },
  );
  const says = `${most.service}/${most.surface} counts ${most.monthly} people in a month; from ${counts.licensedFrom} on a licence is needed.`;
  if (newest.length === 0) return good('No service has said how many people use it (POST /v1/counts).');
  const todo = 'See /desk/counts, and ask the compliance officer whether the service is registered and licensed.';
  const stands = counts.nearness(newest);
  return stands === 'crossed' ? bad(says, todo) : stands === 'near' ? warn(says, todo) : good(says);
}

/** Invariant 6 needs people: whoever decides, somebody else must be able to hear the appeal. */
async function staffing(tx: Tx): Promise<Finding> {
  const members = await active(tx);
  if (members.length === 0) return bad('There is no staff: nobody can log in.', 'End Perisai, and: perisai staff enrol --first …');
  const administrators = members.filter((one) => staff.may(one, 'staff.manage', 'staff').allowed);
  if (administrators.length === 0)
    return bad(
      'There is no administrator.',
      'Nobody can enrol staff: perisai staff enrol --first works only where there is no staff. Restore the database from before the last one left.',
    );
  const deciders = members.filter((one) => staff.covers(one, 'case.decide'));
  if (deciders.length === 0) return bad('Nobody can decide a case.', 'An administrator enrols moderators at /desk/staff.');
  const hears = (second: staff.Member, first: staff.Member) =>
    lanes(first).every((harm) => staff.may(second, 'appeal.decide', { type: 'appeal', decidedBy: first.id, harm }).allowed);
  /** What somebody decides: each must have somebody else who hears the appeal. */
  const lanes = (one: staff.Member) => ['csam', 'scam'].filter((harm) => staff.may(one, 'case.decide', { type: 'case', harm }).allowed);
  const unheard = deciders.filter((first) => !members.some((second) => hears(second, first)));
  if (unheard.length > 0)
    return bad(
      `Appeals against what ${unheard.length} of ${deciders.length} moderators decide can be heard by nobody else.`,
      'Appeals need two senior moderators, so that each can hear the other’s: an administrator enrols them at /desk/staff.',
    );
  if (administrators.length === 1)
    return warn(
      `${members.length} members of staff; appeals can be heard; but there is only one administrator.`,
      'Enrol a second administrator at /desk/staff: nobody else can, should the first one be away.',
    );
  return good(`${members.length} members of staff; everybody’s decisions can be appealed to somebody else.`);
}

/** Can what needs two be decided at all, by whoever is on the roster? */
async function twoPeople(tx: Tx): Promise<Finding> {
  const members = await active(tx);
  const two = (canBoth: (first: staff.Member, second: staff.Member) => boolean) =>
    members.some((first) => members.some((second) => canBoth(first, second)));
  const alone = actsOfTwo.filter((act) => !two((first, second) => canBeTwo(first, second, act.harm)));
  const [says, todo]: [string[], string[]] = [[], []];
  if (alone.length > 0) {
    says.push(
      `What needs two people cannot be decided: ${alone.map((act) => act.says).join('; ')}. It would wait, hidden, until its clock runs out.`,
    );
    todo.push('An administrator enrols a second person at /desk/staff: a senior moderator or lead, or another child-safety reviewer.');
  }
  const unheard = actsOfTwo.filter((act) => !alone.includes(act) && !canBeReversed(members, act.harm));
  if (unheard.length > 0) {
    says.push(
      `Appeals against what two people decided can be turned down, but not upheld: ${unheard.map((act) => act.says).join('; ')}. It takes four people, two who decide and two others.`,
    );
    todo.push('Enrol two more of the same roles, or invite a second person from outside each time (not for child abuse material).');
  }
  if (!two(canEnd)) {
    says.push('No account can be ended: where the ladder leads there it stays suspended, and then opens again.');
    todo.push('An administrator enrols a senior moderator at /desk/staff.');
  }
  if (!two(canAccredit)) {
    says.push('No trusted flagger can be accredited: what one person proposes waits for another, and there is none.');
    todo.push('An administrator enrols a compliance officer, or another administrator, at /desk/staff.');
  }
  if (!two(canPublish)) {
    says.push('Neither guidelines nor screening rules can change: whoever writes them is the only one who could review them.');
    todo.push('An administrator enrols a policy editor, or a senior moderator, at /desk/staff.');
  }
  if (says.length > 0) return warn(says.join(' '), todo.join(' '));
  return good('Whatever needs two people has two who can decide it.');
}

/** Is there somebody who can be called, and do they answer? */
async function calling(means: Means, tx: Tx): Promise<Finding> {
  const tally = await calls.tallyRinging(tx, new Date(means.clock.now().getTime() - calls.againMs));
  if (tally.short > 0)
    return bad(
      `${tally.short} calls ring for administrators, because nobody has the role that should be called.`,
      'Enrol a lead and a compliance officer at /desk/staff, and answer at /desk/calls.',
    );
  if (tally.long > 0)
    return bad(`${tally.long} calls have rung for more than a day.`, 'Whoever is called answers at /desk/calls; see who is there at all.');
  const roster = await staff.roster(tx);
  const missing = (['breach', 'break-glass'] as const).filter(
    (about) => calls.whoIsCalled({ about, harm: null, clock: null }, roster).short,
  );
  if (missing.length > 0)
    return warn(
      `Nobody can be called ${missing.map((about) => (about === 'breach' ? 'when a promise is broken' : 'when somebody decides alone')).join(' or ')}: administrators would be.`,
      'Enrol a lead and a compliance officer at /desk/staff.',
    );
  return good(tally.ringing === 0 ? 'No call waits for an answer.' : `${tally.ringing} calls wait for an answer.`);
}

/** Everybody who can log in. */
async function active(tx: Tx): Promise<staff.Member[]> {
  return (await staff.roster(tx)).flatMap((entry) => (entry.disabled || entry.name === null ? [] : [{ ...entry, name: entry.name }]));
}

/** What needs two people, by the harm of its case. */
const actsOfTwo = [
  { harm: 'csam', says: 'child abuse material' },
  { harm: 'violence-terrorism', says: 'terrorism' },
] as const;

/** Are there two who decide it, and two others of whom one hears the appeal and the other agrees? */
function canBeReversed(members: readonly staff.Member[], harm: string): boolean {
  const hears = members.filter((one) => staff.may(one, 'appeal.decide', { type: 'appeal', decidedBy: null, harm }).allowed);
  const agrees = members.filter((one) => staff.may(one, 'proposal.settle', { type: 'proposal', proposedBy: null, harm }).allowed);
  return hears.some((third) => {
    const others = members.filter(({ id }) => id !== third.id);
    return agrees.some((fourth) => {
      if (fourth.id === third.id) return false;
      const firsts = others.filter(({ id }) => id !== fourth.id);
      return firsts.some((one) => firsts.some((two) => canBeTwo(one, two, harm)));
    });
  });
}

/** May the one suspend an account, and the other end it? */
function canEnd(first: staff.Member, second: staff.Member): boolean {
  const [harm, decidedBy] = ['scam', first.id] as const;
  return (
    staff.may(first, 'case.decide', { type: 'case', harm }).allowed &&
    staff.may(second, 'account.terminate', { type: 'decision', decidedBy, harm }).allowed
  );
}

/** May the one propose it, and the other settle it? */
function canBeTwo(first: staff.Member, second: staff.Member, harm: string): boolean {
  return (
    staff.may(first, 'case.decide', { type: 'case', harm }).allowed &&
    staff.may(second, 'proposal.settle', { type: 'proposal', proposedBy: first.id, harm }).allowed
  );
}

/** May the one want an organisation accredited, and the other say so? */
function canAccredit(first: staff.Member, second: staff.Member): boolean {
  return (
    staff.may(first, 'flaggers.manage', 'flaggers').allowed &&
    staff.may(second, 'flagger.settle', { type: 'accreditation', proposedBy: first.id }).allowed
  );
}

/** May the one write guidelines and rules, and the other let them count? */
function canPublish(first: staff.Member, second: staff.Member): boolean {
  const draft = { type: 'draft', authors: [first.id] } as const;
  return (
    staff.may(first, 'policy.write', 'policy').allowed &&
    staff.may(second, 'policy.review', draft).allowed &&
    staff.may(first, 'rule.write', 'rules').allowed &&
    staff.may(second, 'rule.publish', draft).allowed
  );
}

async function services(means: Means, tx: Tx): Promise<Finding> {
  const all = await subjects.services(tx);
  if (all.length === 0) return warn('No service is registered: nobody can send anything.', 'perisai service add …');
  const now = means.clock.now();
  const without = { webhook: [] as string[], secret: [] as string[], key: [] as string[] };
  for (const { slug, webhookUrl } of all) {
    const keys = await listServiceKeys(tx, slug);
    if (!keys.some(({ revokedAt, notAfter }) => revokedAt === null && (notAfter === null || notAfter > now))) without.key.push(slug);
    if (webhookUrl === null) without.webhook.push(slug);
    else if ((await webhookSecrets(tx, means.keyEncryption, slug, now)).length === 0) without.secret.push(slug);
  }
  if (without.secret.length > 0)
    return bad(
      `Webhooks to ${without.secret.join(', ')} have no secret, so they are not signed.`,
      `perisai webhook rotate --service ${without.secret[0]}`,
    );
  if (without.webhook.length > 0)
    return bad(
      `${without.webhook.join(', ')} has no webhook address: decisions reach the platform only where it asks GET /v1/actions, and notices reach nobody.`,
      `perisai service change --slug ${without.webhook[0]} --webhook https://…`,
    );
  if (without.key.length > 0)
    return warn(`${without.key.join(', ')} has no key that opens anything.`, `perisai key new --service ${without.key[0]} --label …`);
  return good(`${all.length === 1 ? 'One service' : `${all.length} services`}, each with webhook, secret and key.`);
}

/** More than this behind is more than a busy minute. */
const tolerated = 10_000;

async function subscribers(tx: Tx): Promise<Finding> {
  const all = await lag(tx);
  const stuck = all.filter(({ failedAt }) => failedAt !== null);
  if (stuck.length > 0)
    return bad(
      `${stuck.map(({ name, behind, failedAt }) => `${name} is stuck, ${behind} records behind, since ${failedAt?.toISOString()}`).join('; ')}.`,
      'The log says why, under “a subscriber failed”. It goes on by itself when the cause is mended.',
    );
  const slow = all.filter(({ behind }) => behind > tolerated);
  if (slow.length > 0)
    return warn(
      `${slow.map(({ name, behind }) => `${name} is ${behind} records behind`).join('; ')}.`,
      'Look whether a process with the role worker runs, and whether the database keeps up.',
    );
  return good(all.length === 0 ? 'No subscriber has run yet.' : 'Every subscriber is up with the log.');
}

const lateMs = 15 * 60_000;

const what = ({ receiver, service }: Delivery): string => (receiver === 'email' ? `e-mails for ${service}` : `webhooks to ${service}`);

async function webhooks({ clock }: Means, tx: Tx): Promise<Finding> {
  const all = await undelivered(tx);
  const dead = all.filter((one) => one.dead > 0);
  if (dead.length > 0)
    return bad(
      `Given up: ${dead.map((one) => `${one.dead} ${what(one)} (${one.failure})`).join('; ')}.`,
      'Mend the receiver or the mail server, then send them again from the enforcement desk; what they ask for, or tell, has not happened.',
    );
  const late = all.filter(({ since }) => since !== null && clock.now().getTime() - since.getTime() > lateMs);
  if (late.length > 0)
    return warn(
      `Not taken: ${late.map((one) => `${one.failing} ${what(one)} since ${one.since?.toISOString()} (${one.failure})`).join('; ')}.`,
      'Look whether the receiver runs and its address is right (perisai service list; for e-mail PERISAI_SMTP_URL). They are tried again by themselves.',
    );
  return good('Every webhook arrives.');
}
