import { noteAttempt } from '../src/foundation/outbox/delivery-log.ts';
import { stuck } from '../src/foundation/outbox/outbox.ts';
import * as policy from '../src/policy/index.ts';
import { countUsers } from '../src/procedure/counts/count.ts';
import { propose, suspend } from '../src/procedure/flaggers/index.ts';
import { fetchDue } from '../src/procedure/media/index.ts';
import { claim, decideOrPropose, dismiss, receiveInstruction } from '../src/procedure/moderation/index.ts';
import { inviteOutside } from '../src/procedure/outside/index.ts';
import { amendDraft, beginDraft } from '../src/procedure/policy/index.ts';
import type { Seeded } from '../src/procedure/staff/seed.ts';
import * as screening from '../src/screening/index.ts';
import type { Member } from '../src/staff/index.ts';
import { accredited } from './flaggers.ts';
import type { TestHouse } from './house.ts';
import { hour, play, post } from './play.ts';

/** What lies on the desks beside the cases of a morning. */
export interface Desks {
  /** Of the guidelines, with a clause that has changed. */
  readonly draft: string;
  readonly rule: string;
  /** What waits for a second person, one invited from outside; nobody has looked at its material since. */
  readonly proposal: string;
  /** Into a removal, and the register's entry with a receipt. */
  readonly inquiry: string;
  /** Into the dismissal of a report. */
  readonly dismissal: string;
  readonly instruction: string;
  /** Of the author of a removed post. */
  readonly account: string;
}

/** After `playMorning`: a draft of the guidelines, a proposal, a trusted flagger, one who was suspended and one who waits, people counted, tries of a webhook. */
export async function playDesks(house: TestHouse, staff: Readonly<Record<string, Seeded>>): Promise<Desks> {
  const intan = staff['intan'] as Seeded;
  const { id, name, languages } = staff['awan'] as Seeded;
  const moderator: Member = { id, name, roles: ['moderator'], languages };
  const administrator: Member = { id: intan.id, name: intan.name, roles: ['administrator'], languages: intan.languages };

  const { case: call } = await play(house).report(post('call', { text: 'Fail penanda untuk latihan.' }), { harm: 'violence-terrorism' });
  await claim(house, moderator, call);
  const judgement = { determination: 'remove', clause: 'terrorism.promotion', reason: 'Untuk latihan.' } as const;
  const { id: proposal } = await decideOrPropose(house, moderator, { case: call, ...judgement });

  const bayu = staff['bayu'] as Seeded;
  const lead: Member = { id: bayu.id, name: bayu.name, roles: ['lead'], languages: bayu.languages };
  await inviteOutside(house, lead, { proposal, name: 'Puan Luar', hours: 4 });

  const now = play(house);
  const { case: asked } = await now.report(post('asked', { text: 'Awak memang tak guna.', author: 'farid' }));
  const removal = await now.judge(moderator, { case: asked, determination: 'remove', clause: 'bullying.harassment' });
  await house.settle();
  const { inquiry } = await now.inquire(removal.id, 'farid');
  const trifle = await now.report(post('trifle'), { by: 'trifler' });
  await claim(house, moderator, trifle.case);
  await dismiss(house, moderator, { report: trifle.report, ground: 'trivial', reason: 'Perkara kecil.' });
  await house.settle();
  const { inquiry: dismissal } = await now.inquire({ report: trifle.report }, 'trifler', 'reporter');
  const cempaka = staff['cempaka'] as Seeded;
  const officer: Member = { id: cempaka.id, name: cempaka.name, roles: ['compliance-officer'], languages: cempaka.languages };
  const due = new Date(house.clock.now().getTime() + 6 * hour);
  const [instruction] = [
    await receiveInstruction(house, officer, {
      ...{ service: 'warung', kind: 'remove', reference: 'MCMC/2026/41', due },
      item: { kind: 'post', id: 'asked' },
    }),
    await receiveInstruction(house, officer, { service: 'warung', kind: 'direction', reference: 'MCMC/2026/42', due }),
  ];
  for (const action of await now.waiting()) if (action.case === asked) await now.says(action, 'removed');

  const draft = await beginDraft(house, administrator);
  const seen = (await house.db.begin('doors', (tx) => policy.findDraft(tx, draft)))?.digest as string;
  const { title, rule, ...clause } = policy.shippedPolicy.clauses.find(({ id }) => id === 'scam.prize') as policy.Clause;
  const becomes = { ...clause, title, rule: { ...rule, en: `${rule.en} Not in fun either.` } };
  await amendDraft(house, administrator, { draft, seen, clause: { id: clause.id, becomes } });

  const by = [officer, administrator] as const;
  await accredited(house, { name: 'Pertubuhan Contoh', account: 'pertubuhan', by });
  const other = await accredited(house, { name: 'Persatuan Contoh', account: 'persatuan', by });
  await suspend(house, administrator, { flagger: other, reason: 'Laporan yang sama dihantar berulang kali.' });
  await propose(house, officer, {
    ...{ service: 'warung', name: 'Yayasan Contoh', account: 'yayasan' },
    reason: 'Talian bantuan kanak-kanak; laporannya tepat selama setahun.',
  });

  await house.db.begin('doors', async (tx) => {
    const method = 'Counted by the day, each person once.';
    await countUsers(house, tx, 'warung', {
      ...{ surface: 'public-feed', day: '2026-11-23', peak: 210_000, daily: 3_400_000, monthly: 7_900_000, method },
    });
    for (const { id, service, type, subject, attempts } of (await stuck(tx, {}, 2)).slice(0, 2))
      await noteAttempt(tx, {
        ...{ service, message: id, type, subject, attempt: attempts + 1, at: house.clock.now(), durationMs: 104, result: 'failed' },
        ...{ status: 503, failure: 'HTTP 503', response: 'Sebentar lagi', nextAt: house.clock.now() },
      });
  });
  // A picture that its platform has put where nobody may fetch it.
  const media = [{ url: 'https://elsewhere.example/1', sha256: 'a'.repeat(64), size: 100, type: 'image/png' }];
  await play(house).report(post('p13', { media, text: 'Lihat gambar ini.' }));
  await fetchDue(house);
  const known = await house.db.begin('doors', (tx) => screening.findRuleNamed(tx, 'new-account-many-links', '1'));
  return { draft, proposal, inquiry, dismissal, instruction, rule: (known as screening.Rule).id, account: now.ours('aminah') };
}
