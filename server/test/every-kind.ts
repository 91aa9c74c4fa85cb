import { createHash } from 'node:crypto';
import { ringingIn } from '../src/calls/index.ts';
import * as decisions from '../src/decisions/index.ts';
import { takeDue } from '../src/foundation/outbox/outbox.ts';
import * as instructions from '../src/instructions/index.ts';
import * as notices from '../src/notices/index.ts';
import * as policy from '../src/policy/index.ts';
import { closeGlass, decideAlone, makeRuleLiveAlone, openGlass, publishAlone, reviewAct } from '../src/procedure/break-glass/index.ts';
import { answerCall, explainBreach } from '../src/procedure/calls/index.ts';
import { decideBundle, gather, handOver, merge, note, park, raise, takeOut, unmerge } from '../src/procedure/casework/index.ts';
import { countUsers } from '../src/procedure/counts/count.ts';
import { noteExport } from '../src/procedure/export/note.ts';
import { propose, refuse, suspend, withdraw } from '../src/procedure/flaggers/index.ts';
import { confirmHelpLine, removeHelpLine, setHelpLine } from '../src/procedure/help-lines/change.ts';
import type { House } from '../src/procedure/house.ts';
import { fetchDue } from '../src/procedure/media/index.ts';
import { keepFetched } from '../src/procedure/media/keep.ts';
import { identify } from '../src/procedure/moderation/identify.ts';
import {
  advanceInstruction,
  answerInquiry,
  claim,
  decideOrPropose,
  dismiss,
  hide,
  imposeSecrecy,
  liftSecrecy,
  receiveInstruction,
  replay,
  revealMaterial,
  reviewAlone,
  screen,
  settleProposal,
  sweep,
  terminate,
  undo,
  writeCounts,
} from '../src/procedure/moderation/index.ts';
import { bounced } from '../src/procedure/moderation/mail.ts';
import { receiptTaken } from '../src/procedure/moderation/receipt-mail.ts';
import { decideAppeal } from '../src/procedure/moderation/reverse.ts';
import { enterOutside, guestOf, inviteOutside, settleOutside, withdrawOutside } from '../src/procedure/outside/index.ts';
import { erase } from '../src/procedure/people/erase.ts';
import {
  amendDraft,
  beginDraft,
  confirmVersion,
  dropDraft,
  publishDraft,
  reviewDraft,
  withdrawVersion,
} from '../src/procedure/policy/index.ts';
import {
  brakeRule,
  draftRule,
  makeRuleLive,
  proposeRule,
  shadowRule,
  switchRuleOff,
  writeRuleCounts,
} from '../src/procedure/rules/index.ts';
import { defineItemKind } from '../src/procedure/setup/item-kind.ts';
import { setMediaHosts, setPace } from '../src/procedure/setup/service.ts';
import { disable } from '../src/procedure/staff/disable.ts';
import { enrol, enrolFirstAdministrator } from '../src/procedure/staff/enrol.ts';
import { enter } from '../src/procedure/staff/enter.ts';
import { makeRecoveryCodes } from '../src/procedure/staff/own.ts';
import { resetSecrets } from '../src/procedure/staff/reset.ts';
import { setRoles } from '../src/procedure/staff/set-roles.ts';
import { append, kinds } from '../src/records/index.ts';
import * as screening from '../src/screening/index.ts';
import type { Member } from '../src/staff/index.ts';
import * as subjects from '../src/subjects/index.ts';
import { comesBack } from './ended.ts';
import { accredited } from './flaggers.ts';
import type { TestHouse } from './house.ts';
import { hour, play, post, scamText } from './play.ts';
import { enrolled } from './staff.ts';

/**
 * A small life in which every kind of record happens. The first of each kind belong together: told again in their order, with what
 * `prelude` names, they need nothing else.
 */
export async function playEveryKind(house: TestHouse): Promise<void> {
  const now = play(house);
  const given = { password: 'a long enough password', totpSecret: 'A'.repeat(32) };
  // A log-in is taken once, also among the samples of all versions.
  const login = `intan-${kinds['staff.enrolled'].version}`;
  const first = await enrolFirstAdministrator(house, { name: 'Intan', login, languages: ['ms'] }, given);
  const administrator = { id: first.id, name: 'Intan', roles: ['administrator'], languages: ['ms'] } as const;
  const leaver = await enrol(house, administrator, { name: 'Pergi', login: 'pergi', roles: ['moderator'], languages: ['en'] });
  await setRoles(house, administrator, { member: leaver.id, roles: ['senior-moderator'] });
  const reset = await resetSecrets(house, administrator, { member: leaver.id });
  const [code = ''] = await makeRecoveryCodes(house, { ...leaver, name: 'Pergi', roles: ['moderator'], languages: ['en'] }, reset.password);
  await enter(house, { login: 'pergi', password: reset.password, code });
  await disable(house, administrator, { member: leaver.id });
  const [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
  const officer = await enrolled(house, 'compliance-officer');
  await house.db.begin('doors', (tx) =>
    append(house, tx, { kind: 'log.key-announced', service: 'perisai', payload: { vkey: 'demo/test+00000000+key' } }),
  );
  await changeThePolicy(house, administrator, senior);
  await changeTheRules(house, administrator, senior);
  await putInForceByOneself(house, administrator, senior);
  const created_at = new Date(house.clock.now().getTime() - hour).toISOString();
  await screen(house, 'warung', post('harmless', { created_at, edited_at: house.clock.now().toISOString() }));
  await writeCounts(house);
  await house.db.begin('doors', (tx) => identify(house, tx, 'warung', 'author', [{ kind: 'device', hash: 'a'.repeat(64) }]));
  await writeRuleCounts(house);
  const said = { ms: 'Talian contoh', en: 'A line', zh: '一条热线', ta: 'ஒரு உதவி எண்' };
  await setHelpLine(house, officer, { line: 'own-line', number: '1800', tel: '1800', harms: ['scam'], name: said, for: said, hours: said });
  await confirmHelpLine(house, officer, 'own-line');
  await removeHelpLine(house, officer, 'own-line');
  await setPace(house, 'warung', { perSecond: 50, atOnce: 100 });
  await awaitFiles(house);
  const asked = { type: 'object', properties: { price: { type: 'number' } } };
  await defineItemKind(house, 'warung', { kind: 'listing', as: 'post', schema: JSON.stringify(asked) });
  await screen(house, 'warung', post('listing', { kind: 'listing', fields: { price: 12.5 }, text: scamText }));

  // A post that is reported, removed after a mismatch, and appealed in vain.
  const { case: of } = await now.report(post('p'), { reporter: { contact: { email: 'contact@mail.example' } } });
  await house.settle();
  await now.report(post('p', { revision: '2', text: 'Hantaran yang telah diubah.' }));
  await screen(house, 'warung', post('p', { revision: '3', text: 'Saya akan bunuh kamu esok.' }));
  await note(house, moderator, { case: of, note: 'Dua orang mengenali penulisnya.' });
  await raise(house, moderator, { case: of, note: 'Sila lihat ayat kedua.' });
  await handOver(house, senior, { case: of, to: { member: moderator.id }, note: 'Anda boleh memutuskannya.' });
  await park(house, moderator, { case: of, until: new Date(house.clock.now().getTime() + hour), note: 'Menunggu jawapan penterjemah.' });
  house.clock.advance(hour);
  await sweep(house);
  // Taken together with another, taken apart, and two others decided as one.
  const { case: lead } = await now.report(post('lead'), { by: 'a fourth' });
  const { case: like } = await now.report(post('like'), { by: 'a fifth' });
  await gather(house, moderator, {
    lead,
    cases: [
      { id: of, why: [] },
      { id: like, why: ['text'] },
    ],
  });
  await takeOut(house, moderator, of);
  // Merged into another, and taken back.
  const { case: same } = await now.report(post('same'), { by: 'a sixth' });
  await merge(house, moderator, { case: of, into: same, why: ['author'] });
  await unmerge(house, moderator, of);
  await claim(house, moderator, lead);
  await decideBundle(house, moderator, {
    case: lead,
    determination: 'none',
    clause: null,
    reason: 'Tiada pelanggaran.',
    except: new Map(),
  });
  const decision = await now.judge(moderator, { case: of, determination: 'remove', clause: 'bullying.harassment' });
  await house.db.begin('doors', (tx) =>
    append(house, tx, {
      kind: 'material.viewed',
      service: 'warung',
      case: of,
      parties: [{ role: 'actor', party: moderator.id, purpose: 'staff' }],
      payload: { revision: decision.revision as string, why: 'deciding the case', place: null },
    }),
  );
  await house.db.begin('doors', async (tx) => {
    const soon = new Date(house.clock.now().getTime() + hour);
    const [message] = await takeDue(tx, soon, soon, 1);
    if (message) await replay(house, tx, message.id, { member: moderator.id });
  });
  // A letter that the mail server refuses.
  await house.settle();
  await house.db.begin('doors', async (tx) => {
    const written = (await notices.noticesOf(tx, of)).find(({ state }) => state === 'written');
    const { id: subject, service } = written as notices.Notice;
    await bounced(
      house,
      tx,
      { id: subject, service, receiver: 'email', type: 'notice.emailed', subject, target: null, seq: null, body: '{}', attempts: 1 },
      550,
    );
  });
  const [removal] = await now.waiting();
  if (removal) await now.says(removal, 'visible');
  await now.obey();
  const { appeal } = await now.appeal(decision.id, 'author');
  await decideAppeal(house, senior, { appeal, outcome: 'upheld', reason: 'Keputusan itu betul.' });
  await house.settle();
  const { inquiry } = await now.inquire(decision.id, 'author');
  await answerInquiry(house, moderator, { inquiry, outcome: 'explained', answer: 'Fasal itu melarangnya.' });
  // What needs two: proposed, looked at and settled by another.
  const terror = await now.report(post('t'), { by: 'witness', harm: 'violence-terrorism' });
  await claim(house, moderator, terror.case);
  const proposal = await decideOrPropose(house, moderator, {
    case: terror.case,
    determination: 'remove',
    clause: 'terrorism.promotion',
    reason: 'Sebabnya tertulis di sini.',
  });
  await revealMaterial(house, senior, { case: terror.case, why: 'seconding the decision' }, async () => null);
  await settleProposal(house, senior, { proposal: proposal.id, outcome: 'confirmed' });
  await endAccount(house, moderator, senior);
  const instruct = (kind: 'remove' | 'direction', reference: string, item?: { kind: string; id: string }) =>
    receiveInstruction(house, officer, {
      service: 'warung',
      kind,
      // A reference is taken once, also among the samples of all versions.
      reference: `${reference}/${officer.id.slice(-8)}`,
      due: new Date(house.clock.now().getTime() + hour),
      ...(item ? { item } : {}),
    });
  await now.report(post('instructed'));
  await instruct('remove', 'MCMC/1', { kind: 'post', id: 'instructed' });
  await now.obey();
  await house.settle();
  await house.db.begin('doors', async (tx) => {
    for (const { id } of await instructions.register(tx, undefined, 10)) await receiptTaken(house, tx, { subject: id });
  });
  await advanceInstruction(house, officer, { instruction: await instruct('direction', 'MCMC/2'), to: 'submitted' });
  // Decided, undone in time, decided again, and carried out when that time is over.
  const slow: House = { ...house, undoSeconds: 10 };
  const doubted = await now.report(post('doubted'), { by: 'witness' });
  const harmless = { case: doubted.case, determination: 'none', clause: null, reason: 'Ia jenaka antara kawan.' } as const;
  await claim(slow, moderator, doubted.case);
  await undo(slow, moderator, (await decideOrPropose(slow, moderator, harmless)).id);
  await decideOrPropose(slow, moderator, harmless);
  house.clock.advance(10_000);
  await sweep(house);
  await screen(house, 'warung', post('scam', { text: scamText }));
  await erase(house, 'warung', now.ours('reporter'), 'profile');

  // A threat: its author may not post for seven days.
  const threat = await now.report(post('threat', { author: 'threatening' }));
  await now.judge(moderator, { case: threat.case, determination: 'remove', clause: 'violence.threat', measure: 'suggested' });
  await house.db.begin('doors', (tx) =>
    countUsers(house, tx, 'warung', { surface: 'public-feed', day: '2026-01-01', peak: 1, daily: 2, monthly: 3, method: 'Once a person.' }),
  );
  // An organisation that two people accredit, reports, and is suspended; two others that are not; a flood of reports by new accounts.
  const flagger = await accredited(house, { account: 'ngo', by: [officer, administrator] });
  const wanted = { service: 'warung', name: 'Persatuan Contoh', reason: 'Mereka meminta.' };
  const { id: accreditation } = await propose(house, officer, wanted);
  await refuse(house, administrator, { accreditation, reason: 'Mereka baru ditubuhkan.' });
  await withdraw(house, officer, (await propose(house, officer, wanted)).id);
  await now.report(post('flagged'), { reporter: { flagger: { id: flagger } } });
  await suspend(house, administrator, { flagger, reason: 'Laporan disalah guna.' });
  for (let n = 0; n < 10; n++)
    await now.report(post('flooded'), { reporter: { account: { id: `new-${n}`, created_at: house.clock.now().toISOString() } } });

  // Somebody whose account was ended seems to have come back, and is somebody else.
  await comesBack(house, { first: moderator, second: senior, third: await enrolled(house, 'senior-moderator') });

  // A case that is decided in secret, until somebody ends that.
  const kept = await now.report(post('kept', { author: 'kept' }), { by: 'keeper' });
  const until = new Date(house.clock.now().getTime() + 24 * hour);
  const secrecy = await imposeSecrecy(house, senior, { case: kept.case, basis: 'authority', until, reason: 'MCMC-2026-1' });
  await now.judge(moderator, { case: kept.case, determination: 'remove', clause: 'bullying.harassment' });
  await liftSecrecy(house, senior, secrecy);

  // A report that a person dismisses.
  const trivial = await now.report(post('trifle'), { by: 'trifler', reason: 'bullying.insults' });
  await claim(house, moderator, trivial.case);
  await dismiss(house, moderator, { report: trivial.report, ground: 'trivial', reason: 'Perkara kecil.' });
  await house.settle();
  const into = await now.inquire({ report: trivial.report }, 'trifler', 'reporter');
  await answerInquiry(house, senior, { inquiry: into.inquiry, outcome: 'corrected', answer: 'Ia bukan perkara kecil.' });

  // A measure that ends before the platform has done it.
  const timed = await now.report(post('timed'), { by: 'somebody' });
  await now.judge(moderator, { case: timed.case, determination: 'limit', clause: 'bullying.harassment', days: 1 });
  house.clock.advance(24 * hour);
  await sweep(house);
  await now.obey();

  // A second case: something worse is named, and its period lapses.
  const worse = await now.report(post('worse'), { by: 'another' });
  const before = new Date(house.clock.now().getTime() - hour).toISOString();
  await now.report(post('worse'), { by: 'who was first', received_at: before });
  await hide(house, moderator, { case: worse.case, clause: 'bullying.harassment' });
  await now.report(post('worse'), { by: 'a third', harm: 'scam' });
  house.clock.advance(25 * hour);
  await sweep(house);
  house.clock.advance(7 * 24 * hour);
  await sweep(house);
  await beCalled(house);
  await noteExport(house, { openings: true, case: of, from: 0, to: 5, by: officer, reason: 'Mahkamah memintanya.' });
  await decideByOneself(house);
  await inviteSomebody(house);
  await house.settle();
}

/** Of two files that were handed in by address one comes, and one is not to be had. */
async function awaitFiles(house: TestHouse): Promise<void> {
  await setMediaHosts(house, 'warung', [{ host: 'files.warung.example', inside: false }]);
  const bytes = Buffer.from('a harmless file');
  const file = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, type: 'text/plain' };
  const media = ['https://elsewhere.example/1', 'https://elsewhere.example/2'].map((url) => ({ url, ...file }));
  await screen(house, 'warung', post('with files', { author: 'photographer', media }), { waits: false });
  await house.db.begin('doors', async (tx) => {
    const [due] = await subjects.takeDueFetches(tx, house.clock.now(), house.clock.now(), 1);
    const author = { role: 'author', party: subjects.accountId(house.secret, 'warung', 'photographer'), purpose: 'evidence' } as const;
    await keepFetched(house, tx, { id: due?.media as string, service: 'warung', case: null, author, bytes });
  });
  await fetchDue(house);
}

/** The ladder leads to the end of an account: it is suspended, until somebody who decided nothing of it has settled that. */
async function endAccount(house: TestHouse, first: Member, second: Member): Promise<void> {
  const { case: of } = await play(house).report(post('grave', { author: 'grave' }), { by: 'a witness', harm: 'violence-terrorism' });
  await claim(house, first, of);
  const judgement = { determination: 'remove', clause: 'terrorism.funding', reason: 'Ia mengutip dana.', measure: 'suggested' } as const;
  const { id: proposal } = await decideOrPropose(house, first, { case: of, ...judgement });
  await revealMaterial(house, second, { case: of, why: 'seconding the decision' }, async () => null);
  const made = (await settleProposal(house, second, { proposal, outcome: 'confirmed' })) as decisions.Decision;
  const [suspension] = await house.db.begin('doors', (tx) => decisions.followingOn(tx, made.id));
  const third = await enrolled(house, 'senior-moderator', 'third');
  await terminate(house, third, { decision: suspension?.id as string, reason: 'Ia mengutip dana.' });
}

/** Nobody else is there: a lead decides alone what they proposed; another person agrees afterwards. */
async function decideByOneself(house: TestHouse): Promise<void> {
  const [lead, senior] = [await enrolled(house, 'lead'), await enrolled(house, 'senior-moderator')];
  const { case: of } = await play(house).report(post('alone'), { by: 'a witness', harm: 'violence-terrorism' });
  await claim(house, lead, of);
  const judgement = { determination: 'remove', clause: 'terrorism.promotion', reason: 'Ia memuji satu serangan.' } as const;
  const { id: proposal } = await decideOrPropose(house, lead, { case: of, ...judgement });
  const glass = await openGlass(house, lead, { hours: 2, reason: 'Tiada orang kedua bertugas malam ini.' });
  const decision = await decideAlone(house, lead, proposal);
  await closeGlass(house, lead, glass);
  await reviewAlone(house, senior, { decision: decision.id, agrees: true, reason: 'Keputusan itu betul.' });
}

/** The same of a rule, and of guidelines: whoever wrote them puts them into force alone; another person agrees, or does not. */
async function putInForceByOneself(house: TestHouse, author: Member, reviewer: Member): Promise<void> {
  const known = await house.db.begin('doors', (tx) => screening.findRuleNamed(tx, 'new-account-many-links', '1'));
  const { clause, harm, verdict, when, name, why } = known as screening.Rule;
  const rule = await draftRule(house, author, { slug: 'by-oneself', clause, harm, verdict, when, name, why });
  await shadowRule(house, author, rule);
  await proposeRule(house, author, rule);
  const glass = await openGlass(house, author, { hours: 2, reason: 'Tiada orang kedua bertugas malam ini.' });
  await makeRuleLiveAlone(house, author, rule);
  const draft = await beginDraft(house, author);
  const seen = (await house.db.begin('doors', (tx) => policy.findDraft(tx, draft)))?.digest as string;
  const version = await publishAlone(house, author, { draft, seen, from: new Date(house.clock.now().getTime() + 1_000 * hour) });
  await closeGlass(house, author, glass);
  const act = async (what: 'rule' | 'policy', subject: string) =>
    (await house.db.begin('doors', (tx) => decisions.actOn(tx, what, subject)))?.id as string;
  await reviewAct(house, reviewer, { act: await act('rule', rule), agrees: true, reason: 'Peraturan itu betul.' });
  await reviewAct(house, reviewer, { act: await act('policy', version), agrees: false, reason: 'Tunggu dahulu.' });
  await switchRuleOff(house, author, rule);
}

/** Somebody from outside is the second person, once. */
async function inviteSomebody(house: TestHouse): Promise<void> {
  const lead = await enrolled(house, 'lead');
  const { case: of } = await play(house).report(post('outside'), { by: 'a witness', harm: 'violence-terrorism' });
  await claim(house, lead, of);
  const judgement = { determination: 'remove', clause: 'terrorism.promotion', reason: 'Ia memuji satu serangan.' } as const;
  const { id: proposal } = await decideOrPropose(house, lead, { case: of, ...judgement });
  const { id: invitation, key, code } = await inviteOutside(house, lead, { proposal, name: 'Puan Luar', hours: 2 });
  const another = await inviteOutside(house, lead, { proposal, name: 'Encik Luar', hours: 2 });
  await withdrawOutside(house, lead, another.id);
  const session = await enterOutside(house, { invitation, key, code });
  const { guest } = await house.db.begin('doors', (tx) => guestOf(house, tx, invitation, session));
  await revealMaterial(house, guest, { case: of, why: 'seconding the decision' }, async () => null);
  await settleOutside(house, { invitation, session, outcome: 'confirmed' });
}

/** A clock is told to run out, runs out; a lead is called, is called again, answers and says why. */
async function beCalled(house: TestHouse): Promise<void> {
  const { case: of } = await play(house).report(post('late'), { by: 'who waits' });
  const lead = await enrolled(house, 'lead');
  house.clock.advance(23 * hour);
  await sweep(house);
  house.clock.advance(2 * hour);
  await sweep(house);
  const [call] = await house.db.begin('doors', (tx) => ringingIn(tx, of));
  await answerCall(house, lead, call?.id as string);
  const reason = { happened: 'Semua orang menangani banjir laporan.', remedy: 'Seorang lagi bertugas pada waktu malam.' };
  await explainBreach(house, lead, { subject: of, clock: 'determine', ...reason });
}

/** A new version is written, returned, accepted, published for a day ahead, withdrawn; another draft is dropped; the first version is confirmed. */
async function changeThePolicy(house: TestHouse, author: Member, reviewer: Member): Promise<void> {
  const seen = async (id: string) => (await house.db.begin('doors', (tx) => policy.findDraft(tx, id)))?.digest as string;
  const { title, rule, ...clause } = policy.shippedPolicy.clauses.find(({ id }) => id === 'scam.prize') as policy.Clause;
  const draft = await beginDraft(house, author);
  const rewritten = { ...clause, title, rule: { ...rule, en: `${rule.en} Not in fun either.` } };
  await amendDraft(house, author, { draft, seen: await seen(draft), clause: { id: clause.id, becomes: rewritten } });
  await reviewDraft(house, reviewer, { draft, seen: await seen(draft), outcome: 'accepted', reason: 'Plain, and whole.' });
  const from = new Date(house.clock.now().getTime() + 1_000 * hour);
  const version = await publishDraft(house, author, { draft, seen: await seen(draft), from });
  await withdrawVersion(house, author, version);
  const another = await beginDraft(house, author);
  await dropDraft(house, author, { draft: another, seen: await seen(another) });
  await confirmVersion(house, reviewer, '1');
}

/** A rule that came along is proposed, counts, is stopped by its brake, and is switched off. */
async function changeTheRules(house: TestHouse, author: Member, reviewer: Member): Promise<void> {
  const first = await house.db.begin('doors', (tx) => screening.findRuleNamed(tx, 'new-account-many-links', '1'));
  const { id, slug, version } = first as screening.Rule;
  await proposeRule(house, author, id);
  await makeRuleLive(house, reviewer, id);
  await brakeRule(house, { slug, version, hits: 50, screened: 100 });
  await switchRuleOff(house, author, id);
}

/** Kinds of which not the first that happens is kept, but the last: what an older version's sample tells of has taken the first one's place. */
export const lastOf: ReadonlySet<string> = new Set(['policy.scheduled']);

/** What must have been told before the sample of a kind, beside the samples before it: kinds of records of its own case. */
export const prelude: Readonly<Record<string, readonly string[]>> = {
  'media.kept': ['media.awaited'],
  'media.failed': ['media.awaited'],
  'period.lapsed': ['case.opened', 'decision.made'],
  'decision.made': ['case.opened'],
  'measure.ended': ['case.opened', 'decision.made'],
  'case.closed': ['case.opened', 'decision.made'],
  'action.acknowledged': ['action.ordered'],
  'action.mismatched': ['action.ordered'],
  'case.weighed': ['case.opened'],
  'case.unbundled': ['case.opened', 'case.bundled'],
  'case.bundled': ['case.opened'],
  'case.merged': ['case.opened'],
  'case.unmerged': ['case.opened', 'case.merged'],
  'case.combined': ['case.opened'],
  'case.brought-forward': ['case.opened'],
  'bundle.decided': ['case.opened'],
  'case.handed-over': ['case.opened'],
  'case.raised': ['case.opened'],
  'case.parked': ['case.opened'],
  'case.returned': ['case.opened', 'case.parked'],
  'report.dismissed': ['report.received'],
  'report.taken-up': ['report.received', 'report.dismissed'],
  'case.flooded': ['case.opened'],
  'policy.dropped': ['policy.drafted'],
  'policy.scheduled': ['policy.drafted'],
  'action.lapsed': ['action.ordered'],
  'notice.handed': ['notice.written'],
  'appeal.decided': ['appeal.received'],
  'inquiry.answered': ['inquiry.received'],
  'instruction.received': ['case.opened'],
  'instruction.advanced': ['instruction.received'],
  'instruction.carried-out': ['instruction.received'],
  'instruction.answered': ['instruction.received', 'instruction.carried-out'],
  'receipt.sent': ['instruction.received', 'instruction.carried-out', 'instruction.answered'],
  'decision.released': ['decision.held'],
  'call.repeated': ['call.made'],
  'flagger.accredited': ['accreditation.proposed'],
  'accreditation.refused': ['accreditation.proposed'],
  'accreditation.withdrawn': ['accreditation.proposed'],
  'second.opened': ['second.invited'],
  'second.withdrawn': ['second.invited'],
  'second.settled': ['second.invited', 'second.opened'],
  'ending.settled': ['ending.proposed'],
  'break-glass.closed': ['break-glass.opened'],
  'break-glass.reviewed': ['break-glass.used'],
  'break-glass.act-reviewed': ['break-glass.acted'],
  'call.answered': ['call.made'],
};
