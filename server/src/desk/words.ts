import { type ClockName, deskNamed } from '../cases/index.ts';
import type { Language } from '../foundation/i18n/language.ts';
import { staffLanguage } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import * as policy from '../policy/index.ts';

/** What many desks say; what one page says alone lies with that page. */
export const words = staffTexts({
  ms: {
    queue: 'Giliran kes',
    appeals: 'Rayuan',
    enforcement: 'Belum terlaksana',
    clocks: 'Jam',
    flaggers: 'Pelapor dipercayai',
    counts: 'Bilangan orang',
    policy: 'Garis panduan',
    rules: 'Peraturan saringan',
    staff: 'Kakitangan',
    'role.moderator': 'Penyemak',
    'role.senior-moderator': 'Penyemak kanan',
    'role.administrator': 'Pentadbir',
    case: 'Kes',
    'case.title': 'Kes {code}',
    service: 'Perkhidmatan',
    harm: 'Bahaya',
    language: 'Bahasa',
    due: 'Tamat',
    since: 'Sejak',
    next: 'Seterusnya',
    first: 'Kembali ke permulaan',
    'no-name': 'Nama sudah dihapuskan',
    machine: 'Mesin',
    'clause.none': 'Tiada fasal',
    'clause.choose': 'Fasal, jika ada yang dilanggar',
    'determination.make-inaccessible': 'Sembunyi sementara',
    'determination.remove': 'Buang',
    'determination.label': 'Labelkan',
    'determination.restore': 'Pulihkan',
    'determination.none': 'Tiada pelanggaran',
    'determination.warn': 'Amaran',
    'determination.reprimand': 'Teguran',
    'determination.restrict-account': 'Sekat akaun',
    'determination.suspend-account': 'Gantung akaun',
    'determination.terminate-account': 'Tamatkan akaun',
    'determination.reinstate-account': 'Buka semula akaun',
    'do.make-inaccessible': 'sembunyikan sementara',
    'do.remove': 'buang',
    'do.label': 'labelkan',
    'do.restore': 'pulihkan',
    'do.warn': 'beri amaran kepada akaun',
    'do.reprimand': 'tegur akaun',
    'do.restrict-account': 'sekat akaun',
    'do.suspend-account': 'gantung akaun',
    'do.terminate-account': 'tamatkan akaun',
    'do.reinstate-account': 'buka semula akaun',
    'shown.visible': 'Boleh dilihat',
    'shown.inaccessible': 'Disembunyikan sementara',
    'shown.removed': 'Dibuang',
    'shown.labelled': 'Dilabelkan',
    'shown.gone': 'Tiada lagi di platform',
    'shown.active': 'Akaun terbuka',
    'shown.warned': 'Diberi amaran',
    'shown.reprimanded': 'Ditegur',
    'shown.restricted': 'Disekat',
    'shown.suspended': 'Digantung',
    'shown.terminated': 'Ditamatkan',
    'action.ordered': 'Menunggu pengakuan platform',
    'action.acknowledged': 'Diakui platform',
    'action.moot': 'Sudah tiada di platform',
    'action.superseded': 'Diganti arahan baharu',
    'side.author': 'Penulis',
    'side.reporter': 'Pelapor',
    'side.appellant': 'Perayu',
    'clock.appeal': 'Jawab rayuan',
    'severity.critical': 'Sangat berat',
    'severity.high': 'Berat',
    'severity.medium': 'Sederhana',
    'severity.low': 'Ringan',
    'ground.frivolous': 'Tiada apa-apa yang boleh disemak',
    'ground.vexatious': 'Dibuat untuk mengganggu seseorang',
    'ground.not-in-good-faith': 'Tidak dengan niat baik',
    'ground.trivial': 'Terlalu kecil',
    'ground.duplicate': 'Sudah dilaporkan',
  },
  en: {
    queue: 'Queue',
    appeals: 'Appeals',
    enforcement: 'Not yet enforced',
    clocks: 'Clocks',
    flaggers: 'Trusted flaggers',
    counts: 'People counted',
    policy: 'Guidelines',
    rules: 'Screening rules',
    staff: 'Staff',
    'role.moderator': 'Moderator',
    'role.senior-moderator': 'Senior moderator',
    'role.administrator': 'Administrator',
    case: 'Case',
    'case.title': 'Case {code}',
    service: 'Service',
    harm: 'Harm',
    language: 'Language',
    due: 'Due',
    since: 'Since',
    next: 'Next',
    first: 'Back to the beginning',
    'no-name': 'Name erased',
    machine: 'Machine',
    'clause.none': 'No clause',
    'clause.choose': 'The clause, if one is broken',
    'determination.make-inaccessible': 'Hide temporarily',
    'determination.remove': 'Remove',
    'determination.label': 'Label',
    'determination.restore': 'Restore',
    'determination.none': 'No violation',
    'determination.warn': 'Warn',
    'determination.reprimand': 'Reprimand',
    'determination.restrict-account': 'Restrict the account',
    'determination.suspend-account': 'Suspend the account',
    'determination.terminate-account': 'Terminate the account',
    'determination.reinstate-account': 'Open the account again',
    'do.make-inaccessible': 'hide temporarily',
    'do.remove': 'remove',
    'do.label': 'label',
    'do.restore': 'restore',
    'do.warn': 'warn the account',
    'do.reprimand': 'reprimand the account',
    'do.restrict-account': 'restrict the account',
    'do.suspend-account': 'suspend the account',
    'do.terminate-account': 'terminate the account',
    'do.reinstate-account': 'open the account again',
    'shown.visible': 'Visible',
    'shown.inaccessible': 'Temporarily hidden',
    'shown.removed': 'Removed',
    'shown.labelled': 'Labelled',
    'shown.gone': 'Gone from the platform',
    'shown.active': 'Account open',
    'shown.warned': 'Warned',
    'shown.reprimanded': 'Reprimanded',
    'shown.restricted': 'Restricted',
    'shown.suspended': 'Suspended',
    'shown.terminated': 'Terminated',
    'action.ordered': 'Waiting for the platform',
    'action.acknowledged': 'Acknowledged by the platform',
    'action.moot': 'Gone from the platform already',
    'action.superseded': 'Replaced by a newer order',
    'side.author': 'Author',
    'side.reporter': 'Reporter',
    'side.appellant': 'Appellant',
    'clock.appeal': 'Answer the appeal',
    'severity.critical': 'Critical',
    'severity.high': 'Severe',
    'severity.medium': 'Moderate',
    'severity.low': 'Mild',
    'ground.frivolous': 'Frivolous',
    'ground.vexatious': 'Vexatious',
    'ground.not-in-good-faith': 'Not in good faith',
    'ground.trivial': 'Trivial',
    'ground.duplicate': 'Duplicate',
  },
});

/** A case as people name it to each other: the end of its id, where the chance is. */
export function shortCode(id: string): string {
  const end = id.slice(-8).toUpperCase();
  return `${end.slice(0, 4)}-${end.slice(4)}`;
}

export function clockName(clock: ClockName, language: Language): string {
  return clock === 'appeal.answer' ? words(language)('clock.appeal') : policy.clockEntry(clock).name[staffLanguage(language)];
}

export function harmShort(harm: policy.HarmEntry['id'], language: Language): string {
  return policy.harmEntry(harm).short[staffLanguage(language)];
}

/** "3.3 Fake prizes"; the id itself where that version of the guidelines has no such clause. */
export function clauseName(id: string | null, guidelines: Pick<policy.Policy, 'clauseOf'>, language: Language): string {
  if (id === null) return words(language)('clause.none');
  const clause = guidelines.clauseOf(id);
  return clause ? `${clause.number} ${clause.title[staffLanguage(language)]}` : id;
}

/** A desk's name; its id where the catalogue has no such desk any more. */
export function deskName(id: string, language: Language): string {
  return deskNamed(id)?.name[staffLanguage(language)] ?? id;
}
