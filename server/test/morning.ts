import { postpone, takeDue } from '../src/foundation/outbox/outbox.ts';
import { claim, decide, hide, type ItemInput, type ReportInput, screen, sweep } from '../src/procedure/moderation/index.ts';
import type { Seeded } from '../src/procedure/staff/seed.ts';
import type { Member } from '../src/staff/index.ts';
import type { TestHouse } from './house.ts';
import { minute, play, post } from './play.ts';

/** When the morning begins and ends: Tuesday 24 November 2026, 07:40 to 14:26 in Kuala Lumpur. */
export const morning = { start: '2026-11-23T23:40:00.000Z', end: '2026-11-24T06:26:00.000Z' } as const;

/** The cases of a morning that pages are shown with. */
export interface Morning {
  /** English, reported in three languages, hidden and held by Awan. */
  readonly bullying: string;
  /** Guarded. */
  readonly guarded: string;
  /** Removed; its author has appealed. */
  readonly appealed: string;
  readonly appeal: string;
}

/**
 * A morning at Warung, invented and harmless, in four languages: scams that screening kept back, reports, decisions that the platform has not
 * carried out, an appeal from each side, a promise that was not kept.
 */
export async function playMorning(house: TestHouse, staff: Readonly<Record<string, Seeded>>): Promise<Morning> {
  const around = play(house);
  const { report, says, waiting, appeal, deliver } = around;
  const later = (minutes: number) => house.clock.advance(minutes * minute);
  const [awan, xiaoyu] = [memberOf(staff['awan']), memberOf(staff['xiaoyu'])];
  const seen = (item: ItemInput) => screen(house, 'warung', item);
  const settled = async () => {
    await house.settle();
    await deliver();
    await house.settle();
  };
  const by = (handle: string, language: 'ms' | 'en' | 'zh' | 'ta') => ({ account: { id: handle, handle, language } });
  const tell = (
    item: ItemInput,
    handle: string,
    language: 'ms' | 'en' | 'zh' | 'ta',
    harm: NonNullable<ReportInput['harm']>,
    text: string,
  ) => report(item, { reporter: by(handle, language), language, harm, text });
  const removed = async (id: string, clause: string, reason: string, member = awan) => {
    await claim(house, member, id);
    return decide(house, member, { case: id, determination: 'remove', clause, reason });
  };

  const outburst = written('p01', 'aminah', 'ms', 'Jiran saya itu kepala batu betul, susah nak bawa berbincang.');
  const { case: appealed } = await tell(outburst, 'ravi', 'ta', 'bullying-hate', 'இந்தப் பதிவு ஒருவரைப் புண்படுத்துகிறது.');
  const film = written('p02', 'weiling', 'zh', '昨天那部电影的反派演得太好了，看完真想骂人。');
  const { case: harmless } = await tell(film, 'siti', 'ms', 'bullying-hate', 'Dia maki orang.');
  await settled();
  later(22);
  const removal = await removed(appealed, 'bullying.harassment', 'Hantaran ini menghina seseorang yang boleh dikenali.');
  await claim(house, awan, harmless);
  const cleared = await decide(house, awan, {
    case: harmless,
    determination: 'none',
    clause: null,
    reason: 'Ia ulasan filem; tiada orang sebenar dihina.',
  });
  await around.obey();
  await settled();

  later(12);
  await seen(
    written(
      'p03',
      'bonus77',
      'ms',
      'Tahniah! Nombor anda terpilih memenangi hadiah RM5,000. Tebus segera di http://hadiah-percuma.example dan masukkan nombor TAC bank anda.',
    ),
  );
  const fake = written('p07', 'beritapanas', 'ms', 'Video menteri umum semua orang dapat RM1,000! Kongsi sekarang.');
  await tell(fake, 'faizal', 'ms', 'manipulated-media', 'Mulut dia tak sama dengan suara.');
  await around.obey();
  await settled();

  later(92);
  const mean = written(
    'p08',
    'queenbee',
    'en',
    'Everyone in 5 Bestari knows she copied in the exam. Nobody sits with her at the canteen tomorrow, ok? Pass it on.',
  );
  const { case: bullying } = await tell(mean, 'priya', 'ta', 'bullying-hate', 'இவள் என் தோழி. தினமும் அழுகிறாள்.');
  await settled();
  later(17);
  await tell(mean, 'jun', 'zh', 'bullying-hate', '他们每天都这样排挤她。');
  await tell(mean, 'farah', 'ms', 'bullying-hate', 'Tolong, dia dah tak mahu ke sekolah.');
  const { appeal: id } = await appeal(removal.id, 'aminah');
  await appeal(cleared.id, 'siti', 'reporter');
  await settled();

  later(95);
  const bank = written('p06', 'vangi24', 'ta', 'உங்கள் வங்கிக் கணக்கு முடக்கப்பட்டது. இங்கே உறுதிசெய்யுங்கள்: bank.example/confirm');
  await tell(bank, 'kavitha', 'ta', 'scam', 'இது என் வங்கி இல்லை.');
  const threat = written('p10', 'amokman', 'ms', 'Ayat ganti untuk satu ugutan.');
  await tell(threat, 'hafiz', 'ms', 'violence-terrorism', 'Dia ugut nak pukul orang kedai.');
  const lesson = written('p09', 'kosong', 'en', 'A text that stands for something a child should not read.');
  const { case: guarded } = await tell(lesson, 'counsellor', 'en', 'child-harm', 'My pupil showed me this.');
  await around.obey();
  await settled();

  // From here on Warung answers nothing.
  later(53);
  const loan = await seen(
    written(
      'p04',
      'cepatcash',
      'ms',
      'Akaun anda digantung. Transaksi mencurigakan. Klik pautan ini segera dan masukkan kod TAC dan kata laluan anda: http://bit.ly.example/a',
    ),
  );
  later(2);
  await removed(loan.raised?.case as string, 'scam.phishing', 'Ia menyamar sebagai bank untuk mendapatkan kod TAC dan kata laluan.');
  await failing(house, 3);
  const job = written('p05', 'easyjob', 'zh', '在家打字，日赚 RM300，名额有限！先付 RM50 保证金：job.example');
  const { case: jobs } = await tell(job, 'meihua', 'zh', 'scam', '他要我先付钱。');
  await settled();
  later(4);
  await failing(house, 6);
  await removed(jobs, 'scam.job', '要求先付保证金的假工作。', xiaoyu);
  // Somebody at Warung showed the post again by hand.
  for (const action of await waiting()) if (action.case === jobs) await says(action, 'visible');
  await failing(house, 6);

  house.clock.set(new Date(new Date(morning.end).getTime() - 11 * minute));
  await hide(house, awan, { case: bullying, clause: 'bullying.harassment' });
  for (const action of await waiting()) if (action.case === bullying) await says(action, 'inaccessible');
  const marker = { ...written('p12', 'nobody', 'en', 'A marker file for drills.'), media: [markerFile] };
  const { case: drill } = await tell(marker, 'teacher', 'en', 'csam', 'A drill: please handle it as you would the real thing.');
  for (const action of await waiting()) if (action.case === drill) await says(action, 'inaccessible');
  await failing(house, 4);
  await settled();
  await claim(house, awan, bullying);
  house.clock.set(morning.end);
  await sweep(house);
  await failing(house, 7);
  await house.settle();
  return { bullying, guarded, appealed, appeal: id };
}

/** One of the harmless files that stand for the worst in drills: its hashes are in the bank of markers. */
const markerFile = {
  sha256: '5d90f02a84cc76472dd91b75b7c67388b22d7fdb965dfc2ec75bf61ce0a61717',
  type: 'text/plain',
};

function written(id: string, author: string, language: 'ms' | 'en' | 'zh' | 'ta', text: string): ItemInput {
  return { ...post(id, { text }), author: { id: author, handle: author, language } };
}

/** Warung answers none of the messages that are due. */
async function failing(house: TestHouse, minutes: number): Promise<void> {
  await house.db.begin('doors', async (tx) => {
    const now = house.clock.now();
    for (const message of await takeDue(tx, now, now, 100)) {
      if (message.type === 'action.requested')
        await postpone(tx, message.id, new Date(now.getTime() + minutes * minute), { answered: null, failure: 'HTTP 503' });
    }
  });
}

function memberOf(seeded: Seeded | undefined): Member {
  if (!seeded) throw new Error('the morning needs Awan and Xiao Yu on the roster');
  return { id: seeded.id, name: seeded.name, roles: seeded.roles as Member['roles'], languages: seeded.languages };
}
