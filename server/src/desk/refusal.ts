import { button } from '../foundation/html/button.ts';
import type { FieldError } from '../foundation/html/error-summary.ts';
import type { Html } from '../foundation/html/html.ts';
import { html } from '../foundation/html/html.ts';
import type { Problem, ProblemCode } from '../foundation/http/problems.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { frame, type Visit } from './frame.ts';

const words = staffTexts({
  ms: {
    gone: 'Tiada apa-apa di alamat ini',
    'gone.text': 'Pautan mungkin tidak lengkap, atau kes itu milik pemasangan lain. Cari dari meja kerja di sebelah.',
    forbidden: 'Peranan anda tidak meliputi perkara ini',
    'forbidden.text': 'Tiada apa-apa berubah. Jika kerja anda memerlukannya, minta pentadbir menetapkan peranan anda.',
    csrf: 'Borang ini sudah terlalu lama terbuka',
    'csrf.text': 'Tiada apa-apa berubah. Kembali, muat semula halaman dan hantar sekali lagi.',
    busy: 'Sebentar lagi, cuba semula',
    'busy.text': 'Terlalu banyak yang sedang menunggu, atau log tidak menerima rekod. Tiada apa-apa berubah.',
    broken: 'Ada yang tidak kena di pihak kami',
    'broken.text': 'Apa yang sudah disimpan tidak hilang. Cuba sekali lagi; jika masih gagal, beri nombor ini kepada pentadbir:',
    refused: 'Permintaan ini tidak dapat dibaca',
    'refused.text': 'Tiada apa-apa berubah. Kembali, muat semula halaman dan cuba lagi.',
    back: 'Ke meja kerja',
    'case-claimed': 'Orang lain sedang memegang kes ini. Ambil kes lain, atau tunggu sehingga ia dilepaskan.',
    'case-closed': 'Kes ini sudah diputuskan. Keputusan lain hanya melalui rayuan.',
    'lease-expired': 'Anda tidak lagi memegang kes ini. Ambil semula, kemudian hantar; apa yang anda tulis masih ada di bawah.',
    'measure-too-grave': 'Tangga tindakan tidak membawa ke langkah ini untuk fasal itu, atau ia memerlukan orang kedua.',
    'lessening-unexplained': 'Tulis mengapa tindakan ke atas akaun lebih ringan daripada tangga. Hanya kakitangan membacanya.',
    'measure-unfit': 'Ini tidak boleh dibuat kepada jenis ini, atau bilangan harinya tidak dibenarkan: 1 hingga 365.',
    'second-person-waits': 'Keputusan tentang kes ini sedang menunggu orang kedua. Lihat di bawah Orang kedua.',
    'decision-held': 'Keputusan tentang kes ini akan dilaksanakan sebentar lagi.',
    'held-over': 'Masa untuk membatalkannya sudah tamat: keputusan itu sudah dilaksanakan.',
    'second-person-needed': 'Ini memerlukan dua orang: putuskan satu demi satu, dan orang kedua mengesahkannya.',
    'look-first': 'Lihat bahannya dahulu, kemudian cadangannya.',
    'proposal-settled': 'Cadangan ini sudah diselesaikan. Riwayat kes menunjukkan kesudahannya.',
    'child-safety-only':
      'Bahan penderaan kanak-kanak diputuskan oleh penyemak keselamatan kanak-kanak. Sembunyikan dan serahkan; butangnya ada di sebelah kiri.',
    'reason-missing': 'Tulis sebabnya dalam satu ayat. Orang yang terlibat akan membacanya.',
    'clause-unknown': 'Pilih fasal garis panduan yang dilanggar.',
    'report-answered': 'Laporan ini sudah diketepikan atau dijawab.',
    'ground-unknown': 'Pilih alasan mengapa laporan ini diketepikan.',
    'determination-missing': 'Pilih apa yang perlu dibuat.',
    'outcome-missing': 'Pilih sama ada keputusan itu kekal atau ditukar.',
    'same-person': 'Orang lain perlu melakukannya: yang kedua tidak boleh sama dengan yang pertama.',
    'case-bundled': 'Kes ini diputuskan bersama kes lain. Buka himpunannya.',
    'case-merged': 'Kes ini sudah digabungkan dengan kes lain. Buka kes itu, atau batalkan penggabungannya.',
    'merge-refused':
      'Kedua-dua kes ini tidak boleh digabungkan: kes itu tidak ada, perkhidmatannya lain, kes lain sudah digabungkan ke dalamnya, atau bahan seksual kanak-kanak tidak bercampur dengan yang lain.',
    'merge-settled': 'Kes yang bergabung sudah diputuskan, dan kes ini bersamanya. Keputusan lain hanya melalui rayuan.',
    'note-missing': 'Tulis dalam satu ayat apa yang perlu diketahui orang seterusnya.',
    'desk-unknown': 'Pilih meja atau orang yang menerima kes ini.',
    'staff-unknown': 'Tiada orang lain boleh menerimanya. Pilih orang lain atau satu meja.',
    'secrecy-refused':
      'Kerahsiaan hanya untuk kes yang terbuka dan belum diputuskan, sekali sahaja pada satu masa, dan tamat dalam 180 hari.',
    'park-refused': 'Kes ini tidak boleh ditangguhkan: tarikh akhirnya terlalu dekat, ia sudah ditangguhkan, atau ia tidak boleh menunggu.',
    'decision-not-open': 'Ini sudah dijawab, atau keputusan itu sudah diganti, atau pilihan itu tidak sesuai dengannya.',
    'appeal-not-open': 'Keputusan ini tidak dapat dirayu dari pihak ini, atau tidak lagi.',
    'instruction-exists': 'Arahan dengan rujukan ini sudah ada dalam daftar.',
    'item-unknown': 'Kandungan ini belum pernah sampai ke sini. Minta perkhidmatan melaporkan atau menyaringnya, kemudian masukkan semula.',
    'kind-missing': 'Pilih apa yang diminta.',
    'reference-missing': 'Tulis rujukan MCMC.',
    'due-missing': 'Tulis tarikh dan masa tamat seperti dalam contoh.',
    'appeal-exists': 'Sudah ada rayuan daripada orang ini terhadap keputusan ini.',
    'call-answered': 'Panggilan ini sudah dijawab.',
    'breach-explained': 'Sebabnya sudah diberi. Baca dalam jadual.',
    conflict: 'Keadaan sekarang tidak membenarkan ini: mesti ada pentadbir, dan akses yang tamat tidak mempunyai peranan.',
    'field-wrong': 'Ada jawapan yang tidak boleh diterima. Semak dan hantar semula.',
  },
  en: {
    gone: 'There is nothing at this address',
    'gone.text': 'The link may not be whole, or the case belongs to another installation. Look for it from one of the desks.',
    forbidden: 'Your role does not cover this',
    'forbidden.text': 'Nothing was changed. If your work needs it, ask an administrator to set your roles.',
    csrf: 'This form was open for too long',
    'csrf.text': 'Nothing was changed. Go back, load the page again and send it once more.',
    busy: 'Please try again in a moment',
    'busy.text': 'Too much is waiting just now, or the log takes no records. Nothing was changed.',
    broken: 'Something went wrong on our side',
    'broken.text': 'What was saved is not lost. Try once more; if it stays, give this number to an administrator:',
    refused: 'This request cannot be read',
    'refused.text': 'Nothing was changed. Go back, load the page again and try once more.',
    back: 'To your desk',
    'case-claimed': 'Somebody else holds this case. Take another one, or wait until it is released.',
    'case-closed': 'This case has been decided. Another decision is made on appeal only.',
    'lease-expired': 'You do not hold this case any more. Take it again, then send; what you wrote is still below.',
    'measure-too-grave': 'The ladder does not lead to this measure for that clause, or it takes a second person.',
    'lessening-unexplained': 'Write why less is done to the account than the ladder has. Only staff read it.',
    'measure-unfit': 'This cannot be done to this kind, or not for that many days: 1 to 365.',
    'second-person-waits': 'A decision about this case waits for a second person already. Look under Approvals.',
    'decision-held': 'A decision about this case is about to be carried out.',
    'held-over': 'The time to undo it is over: the decision is carried out.',
    'second-person-needed': 'This needs two people: decide these one by one, and a second person confirms each.',
    'look-first': 'Look at the material first, then at the proposal.',
    'proposal-settled': 'This proposal has been settled. The life of the case says how.',
    'child-safety-only': 'Child abuse material is decided by child-safety reviewers. Hide and hand it over; the button is on the left.',
    'reason-missing': 'Write the reason in a sentence. The person concerned will read it.',
    'clause-unknown': 'Choose the clause of the guidelines that is broken.',
    'report-answered': 'This report has been dismissed or answered.',
    'ground-unknown': 'Choose the ground on which the report is dismissed.',
    'determination-missing': 'Choose what is to be done.',
    'outcome-missing': 'Choose whether the decision stands or is changed.',
    'same-person': 'Somebody else must do this: the second person never is the first.',
    'case-bundled': 'This case is decided together with others. Open its bundle.',
    'case-merged': 'This case was merged with another. Open that one, or take the merge back.',
    'merge-refused':
      'These two cannot be merged: there is no such case, it is of another service, others were merged into it, or child abuse material would be mixed with something else.',
    'merge-settled': 'The case that it was merged into has been decided, and this one with it. Another decision is made on appeal only.',
    'note-missing': 'Write in a sentence what the next person has to know.',
    'desk-unknown': 'Choose the desk or the person who is to have this case.',
    'staff-unknown': 'Nobody else can take it. Choose somebody else, or a desk.',
    'secrecy-refused': 'Only an open case in which nothing has been decided can be kept secret, once at a time, for 180 days at most.',
    'park-refused': 'This case cannot rest: its deadline is too near, it is parked already, or it is one that never waits.',
    'decision-not-open': 'This has been answered, or the decision has been replaced, or the choice does not fit it.',
    'appeal-not-open': 'This decision cannot be appealed from this side, or not any more.',
    'instruction-exists': 'An instruction with this reference is in the register already.',
    'item-unknown': 'This item has never come here. Have the service report or screen it, then enter it again.',
    'kind-missing': 'Choose what is asked.',
    'reference-missing': 'Write MCMC’s reference.',
    'due-missing': 'Write day and time as in the example.',
    'appeal-exists': 'There is an appeal of this person against this decision already.',
    'call-answered': 'Somebody has answered this call.',
    'breach-explained': 'Somebody has said why. Read it in the table.',
    conflict: 'The present state does not allow this: somebody must stay administrator, and ended access has no roles.',
    'field-wrong': 'An answer cannot be taken as it is. Look through them and send again.',
  },
});

type Kind = 'gone' | 'forbidden' | 'csrf' | 'busy' | 'broken' | 'refused';

function kindOf({ code, status }: Problem): Kind {
  if (code === 'csrf') return 'csrf';
  if (status === 404) return 'gone';
  if (status === 403) return 'forbidden';
  if (status === 429 || status === 503) return 'busy';
  return status >= 500 ? 'broken' : 'refused';
}

/** A refusal as a page: what happened, what was kept, what to do. The rail stays, so that nobody is lost. */
export function refusalPage(visit: Visit, problem: Problem, requestId: string): Promise<Html> {
  const say = words(visit.language);
  const kind = kindOf(problem);
  return frame(visit, {
    title: say(kind),
    active: 'none',
    body: html`<p class="lead">${say(`${kind}.text`)}</p>${kind === 'broken' ? html`<p class="code">${requestId}</p>` : null}<p>${button({ text: say('back'), href: '/desk' })}</p>`,
  });
}

/** Where on a form the sentence for a problem leads. Problems that are no row here are a page of their own. */
const places = {
  'case-claimed': undefined,
  'case-closed': undefined,
  'lease-expired': undefined,
  'decision-not-open': undefined,
  'same-person': undefined,
  'appeal-not-open': undefined,
  'appeal-exists': undefined,
  'instruction-exists': 'reference',
  'item-unknown': 'item_id',
  conflict: undefined,
  'measure-too-grave': 'measure',
  'lessening-unexplained': 'lessened',
  'measure-unfit': 'days',
  'second-person-waits': undefined,
  'decision-held': undefined,
  'held-over': undefined,
  'second-person-needed': undefined,
  'look-first': undefined,
  'proposal-settled': undefined,
  'child-safety-only': 'clause',
  'reason-missing': 'reason',
  'clause-unknown': 'clause',
  'report-answered': undefined,
  'ground-unknown': 'ground',
  'field-wrong': undefined,
  'case-bundled': undefined,
  'case-merged': undefined,
  'merge-refused': 'other',
  'merge-settled': undefined,
  'note-missing': undefined,
  'desk-unknown': undefined,
  'staff-unknown': undefined,
  'park-refused': undefined,
  'secrecy-refused': undefined,
  'call-answered': undefined,
  'breach-explained': undefined,
} as const satisfies Partial<Record<ProblemCode, string | undefined>>;

/** What is to be put right on the form that was sent; null where that can't help. */
export function toPutRight(problem: Problem, language: Language): FieldError | null {
  if (!(problem.code in places)) return null;
  const code = problem.code as keyof typeof places;
  const field = places[code];
  return { message: words(language)(code), ...(field ? { field } : {}) };
}

/** For a choice that was not made. */
export function missing(field: 'determination' | 'outcome' | 'kind' | 'reference' | 'due', language: Language): FieldError {
  return { field, message: words(language)(`${field}-missing`) };
}
