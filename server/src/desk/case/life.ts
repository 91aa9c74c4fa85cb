import type { ClockName } from '../../cases/index.ts';
import type { Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { timeline } from '../../foundation/html/timeline.ts';
import { isLanguage, type Language, ownNames } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { dateTimeText } from '../../foundation/i18n/time.ts';
import type { Kind } from '../../records/index.ts';
import { may } from '../../staff/index.ts';
import type { CaseRead, Moment } from '../../views/case-life.ts';
import type { Visit } from '../frame.ts';
import { failureText } from '../media/words.ts';
import { clauseName, clockName, deskName, rolesNamed, words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    'case.opened': 'Kes dibuka',
    'case.revision-added': 'Versi lain ditambah kepada kes',
    'case.escalated': 'Kes didahulukan: perkara yang lebih serius dilaporkan',
    'case.brought-forward': 'Masanya dipendekkan: laporan lain diterima lebih awal',
    'case.closed': 'Kes ditutup',
    'case.weighed': 'Beratnya: {what}',
    'case.handed-over.desk': 'Diserahkan kepada meja {what}',
    'case.handed-over.person': 'Diserahkan kepada seorang rakan sekerja',
    'case.raised': 'Dinaikkan kepada penyemak kanan',
    'case.parked': 'Ditangguhkan hingga {what}',
    'case.returned.time': 'Kembali ke giliran: masanya sudah sampai',
    'case.returned.person': 'Kembali ke giliran: diambil semula',
    'case.returned.worse': 'Kembali ke giliran: perkara yang lebih serius dilaporkan',
    'case.noted': 'Nota dalaman',
    'case.bundled': 'Dibawa ke dalam himpunan kes {what}',
    'case.unbundled': 'Dikeluarkan daripada himpunan',
    'case.merged': 'Digabungkan ke dalam kes {what}',
    'case.unmerged.person': 'Penggabungan dibatalkan',
    'case.unmerged.worse': 'Penggabungan dibatalkan: perkara yang lebih serius dilaporkan',
    'case.unmerged.instruction': 'Penggabungan dibatalkan: pengawal selia memberi arahan tentang satu daripadanya',
    'case.combined': { other: '{count} kes lain digabungkan ke dalam kes ini' },
    'bundle.decided': { other: '{count} kes diputuskan sebagai satu' },
    live: 'sedang disiarkan',
    'report.received': 'Laporan diterima',
    'report.dismissed': 'Laporan diketepikan: {what}',
    'report.taken-up': 'Laporan yang diketepikan dibuka semula',
    'case.flooded': 'Banjir laporan: {reports} dalam {minutes} minit, {young} daripada akaun baharu',
    'media.kept': 'Fail yang ditunggu sudah disimpan',
    'media.failed': 'Fail tidak dapat diambil: {what}',
    'verdict.given': 'Saringan menimbulkan kes',
    'decision.proposed': 'Keputusan dicadangkan; menunggu orang kedua',
    'proposal.confirmed': 'Orang kedua bersetuju',
    'proposal.changed': 'Orang kedua memutuskan yang lain',
    'proposal.refused': 'Orang kedua mengembalikan kes',
    'proposal.cancelled': 'Cadangan ditarik balik',
    'decision.held': 'Diputuskan; sebentar lagi dilaksanakan',
    'ending.proposed': 'Tangga tindakan membawa kepada penamatan akaun: menunggu orang kedua',
    'ending.ended': 'Orang kedua menamatkan akaun',
    'ending.kept': 'Orang kedua membiarkan akaun digantung sahaja',
    'ending.alone': 'Akaun ditamatkan seorang diri, di bawah kuasa kecemasan',
    'decision.released': 'Masa untuk membatalkannya sudah tamat',
    'decision.undone.person': 'Keputusan dibatalkan sebelum dilaksanakan',
    'decision.undone.change': 'Keputusan tidak dilaksanakan: kes sudah berubah',
    'decision.made': 'Keputusan: {what}',
    'period.lapsed': 'Tempoh sembunyi tamat tanpa keputusan',
    'measure.ended': 'Tempoh tindakan ke atas akaun tamat',
    'clock.breached': 'Lewat: {what}',
    'clock.warned': 'Amaran: jam hampir tamat: {what}',
    'clock.explained': 'Sebab kelewatan diberi: {what}',
    'break-glass.used': 'Diputuskan seorang diri di bawah kuasa kecemasan',
    'break-glass.reviewed.upheld': 'Orang kedua menyemak dan bersetuju',
    'break-glass.reviewed.reversed': 'Orang kedua menyemak dan menariknya balik',
    'break-glass.reviewed.objected': 'Orang kedua menyemak dan membantah',
    'second.invited': 'Orang kedua dari luar dijemput',
    'second.opened': 'Jemputan dibuka',
    'second.withdrawn': 'Jemputan kepada orang kedua dari luar ditarik balik',
    'second.settled': 'Orang kedua dari luar menjawab',
    'call.made': 'Panggilan kepada {what}',
    'call.repeated': 'Panggilan diulang kepada {what}',
    'call.answered': 'Panggilan dijawab',
    'action.ordered': 'Platform diminta {what}',
    'action.acknowledged': 'Platform mengakui: {what}',
    'action.unnamed': 'Tiada apa-apa lagi untuk dibuat: nama kandungan itu sudah dihapuskan',
    'action.mismatched': 'Platform menyatakan lain: {what}',
    'action.lapsed': 'Tempohnya tamat sebelum platform membuatnya',
    'notice.written': 'Notis ditulis kepada {what}',
    'notice.handed': 'Notis diserahkan',
    'secrecy.imposed': 'Dirahsiakan hingga {what}',
    'secrecy.ended': 'Kerahsiaan tamat',
    'notice.bounced': 'Pelayan e-mel menolak notis',
    'appeal.received': 'Rayuan diterima',
    'appeal.decided.upheld': 'Rayuan: keputusan kekal',
    'appeal.decided.partly': 'Rayuan: benar sebahagian',
    'appeal.decided.overturned': 'Rayuan: keputusan ditukar',
    'appeal.decided.replaced': 'Rayuan: keputusan itu sudah diganti',
    'inquiry.received': 'Pertanyaan diterima',
    'inquiry.answered.explained': 'Pertanyaan: dijelaskan',
    'inquiry.answered.appeal': 'Pertanyaan: menjadi rayuan',
    'inquiry.answered.corrected': 'Pertanyaan: yang diputuskan dibetulkan',
    'inquiry.open': 'Lihat pertanyaan ini',
    'instruction.received': 'Arahan MCMC diterima',
    'instruction.carried-out': 'Arahan MCMC diputuskan',
    'instruction.answered': 'Arahan MCMC dilaksanakan',
    'receipt.sent': 'Resit dihantar kepada MCMC',
    'material.viewed': 'Bahan dibuka untuk dilihat',
    'material.viewed.file': 'Fail {number} dibuka untuk dilihat',
    'appeal.open': 'Lihat rayuan ini',
    'by.report': 'oleh laporan',
    'by.verdict': 'oleh saringan',
    place: 'No. {index} dalam log',
    waiting: 'Menunggu tempat dalam log',
    order: 'arahan ke-{seq} pada kandungan ini',
  },
  en: {
    'case.opened': 'Case opened',
    'case.revision-added': 'Another version joined the case',
    'case.escalated': 'Case moved up: something worse was named',
    'case.brought-forward': 'Less time left: another report was received earlier',
    'case.closed': 'Case closed',
    'case.weighed': 'It weighs: {what}',
    'case.handed-over.desk': 'Handed over to the desk {what}',
    'case.handed-over.person': 'Handed over to a colleague',
    'case.raised': 'Raised to a senior moderator',
    'case.parked': 'Parked until {what}',
    'case.returned.time': 'Back in the queue: its time had come',
    'case.returned.person': 'Back in the queue: taken up again',
    'case.returned.worse': 'Back in the queue: something worse was named',
    'case.noted': 'Internal note',
    'case.bundled': 'Brought into the bundle of case {what}',
    'case.unbundled': 'Taken out of its bundle',
    'case.merged': 'Merged into case {what}',
    'case.unmerged.person': 'The merge was taken back',
    'case.unmerged.worse': 'The merge came apart: something worse was named',
    'case.unmerged.instruction': 'The merge came apart: the regulator gave an instruction about one of them',
    'case.combined': { one: '{count} other case is merged into this one', other: '{count} other cases are merged into this one' },
    'bundle.decided': { one: '{count} case decided as one', other: '{count} cases decided as one' },
    live: 'streamed live now',
    'report.received': 'Report received',
    'report.dismissed': 'Report dismissed: {what}',
    'report.taken-up': 'Dismissed report taken up again',
    'case.flooded': 'Flood of reports: {reports} in {minutes} minutes, {young} from new accounts',
    'media.kept': 'A file that was awaited is kept',
    'media.failed': 'A file could not be had: {what}',
    'verdict.given': 'Screening raised it',
    'decision.proposed': 'Decision proposed; waiting for a second person',
    'proposal.confirmed': 'A second person agrees',
    'proposal.changed': 'A second person decides otherwise',
    'proposal.refused': 'A second person gave the case back',
    'proposal.cancelled': 'The proposal was taken back',
    'decision.held': 'Decided; carried out in a moment',
    'ending.proposed': 'The ladder leads to the end of the account: a second person is awaited',
    'ending.ended': 'A second person ended the account',
    'ending.kept': 'A second person left the account suspended',
    'ending.alone': 'The account was ended by one person alone, under break-glass',
    'decision.released': 'The time to undo it is over',
    'decision.undone.person': 'The decision was undone before it was carried out',
    'decision.undone.change': 'The decision is not carried out: the case has changed',
    'decision.made': 'Decision: {what}',
    'period.lapsed': 'Hidden period ended undecided',
    'measure.ended': 'A measure on the account ended',
    'clock.breached': 'Late: {what}',
    'clock.warned': 'Warning: a clock runs out: {what}',
    'clock.explained': 'Why it was late is told: {what}',
    'break-glass.used': 'Decided alone under break-glass',
    'break-glass.reviewed.upheld': 'A second person reviewed it and agrees',
    'break-glass.reviewed.reversed': 'A second person reviewed it and took it back',
    'break-glass.reviewed.objected': 'A second person reviewed it and objects',
    'second.invited': 'A second person from outside is invited',
    'second.opened': 'The invitation was opened',
    'second.withdrawn': 'The invitation of the second person from outside was withdrawn',
    'second.settled': 'The second person from outside answered',
    'call.made': 'Called: {what}',
    'call.repeated': 'Called again: {what}',
    'call.answered': 'The call is answered',
    'action.ordered': 'Platform asked to {what}',
    'action.acknowledged': 'Platform acknowledged: {what}',
    'action.unnamed': 'Nothing was left to do: the name of the item was erased',
    'action.mismatched': 'Platform reported otherwise: {what}',
    'action.lapsed': 'Its time ended before the platform had done it',
    'notice.written': 'Notice written to the {what}',
    'notice.handed': 'Notice handed over',
    'secrecy.imposed': 'Kept secret until {what}',
    'secrecy.ended': 'The secrecy ended',
    'notice.bounced': 'The mail server refused the notice',
    'appeal.received': 'Appeal received',
    'appeal.decided.upheld': 'Appeal: the decision stands',
    'appeal.decided.partly': 'Appeal: right in part',
    'appeal.decided.overturned': 'Appeal: the decision is changed',
    'appeal.decided.replaced': 'Appeal: that decision had been replaced',
    'inquiry.received': 'Inquiry received',
    'inquiry.answered.explained': 'Inquiry: explained',
    'inquiry.answered.appeal': 'Inquiry: became an appeal',
    'inquiry.answered.corrected': 'Inquiry: what was decided was corrected',
    'inquiry.open': 'See this inquiry',
    'instruction.received': 'MCMC’s instruction received',
    'instruction.carried-out': 'MCMC’s instruction decided',
    'instruction.answered': 'MCMC’s instruction carried out',
    'receipt.sent': 'Receipt sent to MCMC',
    'material.viewed': 'Material opened to be seen',
    'material.viewed.file': 'File {number} opened to be seen',
    'appeal.open': 'See this appeal',
    'by.report': 'by a report',
    'by.verdict': 'by screening',
    place: 'No. {index} in the log',
    waiting: 'Waiting for its place in the log',
    order: 'order {seq} on this item',
  },
});

type Payload = Moment['payload'];
type Say = ReturnType<typeof words>;

/** How a record of each kind is told on the page of its case; null: such records belong to no case. */
const told: Readonly<Record<Kind, ((say: Say, payload: Payload, language: Language) => string) | null>> = {
  'log.key-announced': null,
  'service.registered': null,
  'service.pace-set': null,
  'service.media-hosts-set': null,
  'surface.defined': null,
  'item-kind.defined': null,
  'delivery.replayed': null,
  'policy.published': null,
  'policy.drafted': null,
  'policy.reviewed': null,
  'policy.scheduled': null,
  'policy.dropped': null,
  'policy.withdrawn': null,
  'policy.confirmed': null,
  'rule.drafted': null,
  'rule.shadowed': null,
  'rule.proposed': null,
  'rule.made-live': null,
  'rule.braked': null,
  'rule.switched-off': null,
  'rules.counted': null,
  'staff.enrolled': null,
  'staff.roles-set': null,
  'staff.disabled': null,
  'staff.secrets-reset': null,
  'staff.own-changed': null,
  'staff.recovery-used': null,
  'account.noted': null,
  'account.identified': null,
  'content.snapshotted': null,
  'media.awaited': null,
  'media.kept': (say) => say('media.kept'),
  'media.failed': (say, { reason }, language) => say('media.failed', { what: failureText(reason as string, language) }),
  'party.erased': null,
  'users.counted': null,
  'accreditation.proposed': null,
  'accreditation.refused': null,
  'accreditation.withdrawn': null,
  'flagger.accredited': null,
  'flagger.suspended': null,
  'screening.counted': null,
  'case.opened': (say) => say('case.opened'),
  'case.revision-added': (say) => say('case.revision-added'),
  'case.escalated': (say) => say('case.escalated'),
  'case.brought-forward': (say) => say('case.brought-forward'),
  'case.closed': (say) => say('case.closed'),
  'case.weighed': (say, { severity, live }, language) =>
    say('case.weighed', {
      what: [shared(language)(`severity.${severity as 'high'}`).toLowerCase(), ...(live ? [say('live')] : [])].join(', '),
    }),
  'case.handed-over': (say, { to, desk }, language) =>
    to === 'person' ? say('case.handed-over.person') : say('case.handed-over.desk', { what: deskName(desk as string, language) }),
  'case.raised': (say) => say('case.raised'),
  'case.parked': (say, { until }, language) => say('case.parked', { what: dateTimeText(new Date(until as string), language) }),
  'case.returned': (say, { by }) => say(`case.returned.${by as 'time'}`),
  'case.noted': (say) => say('case.noted'),
  'case.bundled': (say, { into }) => say('case.bundled', { what: shortCode(into as string) }),
  'case.unbundled': (say) => say('case.unbundled'),
  'case.merged': (say, { into }) => say('case.merged', { what: shortCode(into as string) }),
  'case.unmerged': (say, { by }) => say(`case.unmerged.${by as 'person'}`),
  'case.combined': (say, payload) => say('case.combined', { count: (payload['with'] as unknown[]).length }),
  'bundle.decided': (say, { decisions }) => say('bundle.decided', { count: (decisions as unknown[]).length }),
  'report.received': (say) => say('report.received'),
  'case.flooded': (say, { reports, minutes, young }) =>
    say('case.flooded', { reports: reports as number, minutes: minutes as number, young: young as number }),
  'report.dismissed': (say, { ground }, language) =>
    say('report.dismissed', { what: shared(language)(`ground.${ground as 'trivial'}`).toLowerCase() }),
  'verdict.given': (say) => say('verdict.given'),
  'period.lapsed': (say) => say('period.lapsed'),
  'measure.ended': (say) => say('measure.ended'),
  'material.viewed': (say, { place = null }) =>
    place === null ? say('material.viewed') : say('material.viewed.file', { number: (place as number) + 1 }),
  'notice.handed': (say) => say('notice.handed'),
  'secrecy.imposed': (say, { until }, language) => say('secrecy.imposed', { what: dateTimeText(new Date(until as string), language) }),
  'secrecy.ended': (say) => say('secrecy.ended'),
  'notice.bounced': (say) => say('notice.bounced'),
  'appeal.received': (say) => say('appeal.received'),
  'instruction.received': (say) => say('instruction.received'),
  'instruction.carried-out': (say) => say('instruction.carried-out'),
  'instruction.answered': (say) => say('instruction.answered'),
  'receipt.sent': (say) => say('receipt.sent'),
  'instruction.advanced': null,
  'report.taken-up': (say) => say('report.taken-up'),
  'inquiry.received': (say) => say('inquiry.received'),
  'inquiry.answered': (say, { outcome }) => say(`inquiry.answered.${outcome as 'explained'}`),
  'appeal.decided': (say, { outcome }) => say(`appeal.decided.${outcome as 'upheld'}`),
  // What was proposed stays unsaid here: the second person judges for themselves.
  'decision.proposed': (say) => say('decision.proposed'),
  'proposal.settled': (say, { outcome }) => say(`proposal.${outcome as 'confirmed'}`),
  'decision.held': (say) => say('decision.held'),
  'ending.proposed': (say) => say('ending.proposed'),
  'ending.settled': (say, { outcome }) => say(`ending.${outcome as 'ended'}`),
  'decision.released': (say) => say('decision.released'),
  'decision.undone': (say, { by }) => say(`decision.undone.${by as 'person'}`),
  'decision.made': (say, { determination }, language) =>
    say('decision.made', { what: shared(language)(`determination.${determination as 'remove'}`).toLowerCase() }),
  'clock.breached': (say, { clock }, language) => say('clock.breached', { what: clockName(clock as ClockName, language) }),
  'clock.warned': (say, { clock }, language) => say('clock.warned', { what: clockName(clock as ClockName, language) }),
  'clock.explained': (say, { clock }, language) => say('clock.explained', { what: clockName(clock as ClockName, language) }),
  'second.invited': (say) => say('second.invited'),
  'second.opened': (say) => say('second.opened'),
  'second.withdrawn': (say) => say('second.withdrawn'),
  'second.settled': (say) => say('second.settled'),
  'break-glass.opened': null,
  'break-glass.closed': null,
  'break-glass.used': (say) => say('break-glass.used'),
  'break-glass.reviewed': (say, { outcome }) => say(`break-glass.reviewed.${outcome as 'upheld'}`),
  'call.made': (say, { roles }, language) => say('call.made', { what: rolesNamed(roles as string[], language) }),
  'call.repeated': (say, { roles }, language) => say('call.repeated', { what: rolesNamed(roles as string[], language) }),
  'call.answered': (say) => say('call.answered'),
  'action.ordered': (say, payload, language) => say('action.ordered', { what: shared(language)(`do.${payload['do'] as 'remove'}`) }),
  'action.acknowledged': (say, { reported }, language) =>
    reported === 'unnamed'
      ? say('action.unnamed')
      : say('action.acknowledged', { what: shared(language)(`shown.${reported as 'gone'}`).toLowerCase() }),
  'action.lapsed': (say) => say('action.lapsed'),
  'action.mismatched': (say, { reported }, language) =>
    say('action.mismatched', { what: shared(language)(`shown.${reported as 'gone'}`).toLowerCase() }),
  'notice.written': (say, { role }, language) =>
    say('notice.written', { what: shared(language)(`side.${role as 'author'}`).toLowerCase() }),
};

/** The life of a case: its records in their order, each with its place in the log and its seal. */
export function life({ language, member }: Visit, { moments, guidelines }: Pick<CaseRead, 'moments' | 'guidelines'>): Part {
  const say = words(language);
  const hears = may(member, 'appeals.view', 'appeals').allowed;
  return timeline({
    language,
    moments: moments.map(({ kind, payload, at, actor, index, sealed }) => ({
      what: told[kind]?.(say, payload, language) ?? kind,
      at,
      sealed,
      // Nobody of the staff: a machine, the platform, or somebody of the public, whom the record keeps to itself.
      ...(actor === null ? {} : { who: actor }),
      detail: html`<div class="life-detail">${linkOf(kind, payload, hears, say) ?? detail(kind, payload, language, { say, guidelines })}</div><div class="life-detail quiet">${index === null ? say('waiting') : say('place', { index })} · <code>${kind}</code></div>`,
    })),
  });
}

function linkOf(kind: Kind, payload: Payload, hears: boolean, say: Say): Part {
  if (kind === 'appeal.received' && hears) return html`<a href="${`/desk/appeals/${payload['appeal']}`}">${say('appeal.open')}</a>`;
  if (kind === 'inquiry.received') return html`<a href="${`/desk/inquiries/${payload['inquiry']}`}">${say('inquiry.open')}</a>`;
  return null;
}

function detail(
  kind: Kind,
  payload: Payload,
  language: Language,
  { say, guidelines }: { say: Say; guidelines: CaseRead['guidelines'] },
): Part {
  const text = ((): string | null => {
    switch (kind) {
      case 'case.opened':
        return say(`by.${payload['opened_by'] as 'report'}`);
      case 'decision.made':
      case 'verdict.given':
        return payload['clause'] === null ? null : clauseName(payload['clause'] as string, guidelines, language);
      case 'action.ordered':
        return say('order', { seq: payload['target_seq'] as number });
      case 'report.received':
      case 'notice.written':
        return isLanguage(payload['language']) ? ownNames[payload['language']] : null;
      default:
        return null;
    }
  })();
  return text;
}
