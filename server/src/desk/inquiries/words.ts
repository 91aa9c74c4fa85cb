import type { FieldError } from '../../foundation/html/error-summary.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import type { Extent } from '../case/measures.ts';

/** What the page of an inquiry says, its form included. */
export const words = staffTexts({
  ms: {
    title: 'Pertanyaan {code}',
    waiting: 'Menunggu jawapan',
    explained: 'Jelaskan',
    appeal: 'Jadikan rayuan',
    corrected: 'Betulkan keputusan',
    'explained.done': 'Dijelaskan',
    'appeal.done': 'Menjadi rayuan',
    'corrected.done': 'Keputusan dibetulkan',
    asked: 'Apa yang ditanya',
    about: 'Keputusan yang ditanya',
    dismissal: 'Laporan yang diketepikan',
    ground: 'Alasan',
    reason: 'Sebab',
    'explained.dismissal.hint': 'Laporan kekal diketepikan; terangkan sebabnya dengan kata-kata mudah.',
    by: 'Oleh',
    'appeal.dismissal.hint': 'Laporan dibuka semula, dan orang lain menilai semula apa yang diputuskan tentang kandungannya.',
    'corrected.dismissal': 'Buka semula laporan',
    'corrected.dismissal.hint': 'Laporan tidak patut diketepikan: ia mendapat jawapannya daripada keputusan kes.',
    'corrected.dismissal.not': 'Hanya orang lain daripada yang mengetepikannya boleh membuka semula laporan ini.',
    life: 'Riwayat kes',
    from: 'Daripada',
    received: 'Diterima',
    erased: 'Kata-kata penanya sudah dihapuskan.',
    answer: 'Jawapan',
    when: 'Bila',
    case: 'Lihat kes {code}',
    what: 'Apa yang anda buat?',
    'explained.hint': 'Keputusan kekal; terangkan sebabnya dengan kata-kata mudah.',
    'appeal.hint': 'Orang lain akan menilai semula keputusan itu, dengan kata-kata penanya.',
    'corrected.hint':
      'Keputusan itu salah: yang baharu menggantikannya dan dilaksanakan. Jika ia mengubah apa yang memerlukan dua orang, ia menunggu orang kedua.',
    proposed: 'Satu pembetulan sudah dicadangkan; ia mengubah apa yang memerlukan dua orang, dan menunggu orang kedua.',
    'proposed.see': 'Lihat cadangan itu',
    'corrected.not':
      'Hanya orang lain daripada yang membuat keputusan itu boleh membetulkannya, dan hanya keputusan akhir yang masih kekal.',
    instead: 'Jika dibetulkan: apa yang perlu dibuat?',
    why: 'Jawapan bertulis',
    'why.hint': 'Penanya akan membacanya.',
    send: 'Hantar jawapan',
  },
  en: {
    title: 'Inquiry {code}',
    waiting: 'Waiting for an answer',
    explained: 'Explain',
    appeal: 'Make it an appeal',
    corrected: 'Correct the decision',
    'explained.done': 'Explained',
    'appeal.done': 'Became an appeal',
    'corrected.done': 'The decision was corrected',
    asked: 'What was asked',
    about: 'The decision asked about',
    dismissal: 'The report that was dismissed',
    ground: 'Ground',
    reason: 'Reason',
    'explained.dismissal.hint': 'The report stays dismissed; say why in plain words.',
    by: 'By',
    'appeal.dismissal.hint': 'The report is taken up again, and another person looks again at what was decided about the content.',
    'corrected.dismissal': 'Take the report up again',
    'corrected.dismissal.hint': 'It should not have been dismissed: its answer is what is decided in the case.',
    'corrected.dismissal.not': 'Only somebody else than who dismissed it may take this report up again.',
    life: 'The life of the case',
    from: 'From',
    received: 'Received',
    erased: 'The inquirer’s words were erased.',
    answer: 'Answer',
    when: 'When',
    case: 'See case {code}',
    what: 'What do you do?',
    'explained.hint': 'The decision stands; say why in plain words.',
    'appeal.hint': 'Another person will look at the decision again, with the inquirer’s words.',
    'corrected.hint':
      'The decision was wrong: a new one takes its place and is carried out. Where it changes what needed two people, it waits for a second person.',
    proposed: 'A correction has been proposed; it changes what needed two people, and waits for a second person.',
    'proposed.see': 'See the proposal',
    'corrected.not': 'Only somebody who did not make the decision may correct it, and only a final one that still stands.',
    instead: 'If it is corrected: what is to be done?',
    why: 'The answer in writing',
    'why.hint': 'The inquirer will read it.',
    send: 'Send the answer',
  },
});

/** What somebody filled in before the page came back. */
export interface TypedAnswer extends Extent {
  /** A dismissal; else a decision. */
  readonly about?: string;
  readonly outcome?: string;
  readonly determination?: string;
  readonly clause?: string;
  readonly reason?: string;
}

export interface InquiryShown {
  readonly typed?: TypedAnswer;
  readonly errors?: readonly FieldError[];
}
