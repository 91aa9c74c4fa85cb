import * as appeals from '../appeals/index.ts';
import * as calls from '../calls/index.ts';
import * as cases from '../cases/index.ts';
import * as counts from '../counts/index.ts';
import * as decisions from '../decisions/index.ts';
import * as enforcement from '../enforcement/index.ts';
import * as flaggers from '../flaggers/index.ts';
import * as inquiries from '../inquiries/index.ts';
import * as instructions from '../instructions/index.ts';
import * as intake from '../intake/index.ts';
import * as notices from '../notices/index.ts';
import * as policy from '../policy/index.ts';
import type { Because, Heard, Kind } from '../records/index.ts';
import * as screening from '../screening/index.ts';
import * as staff from '../staff/index.ts';
import * as subjects from '../subjects/index.ts';

type Verbs = { readonly [K in Kind]: readonly ((because: Because<K>) => Promise<unknown>)[] };

/**
 * Which verbs a record's change consists of. The same verbs that the steps call, so telling the records again in the order of the log gives
 * the state tables again, row for row. A kind that changes no state says so with an empty list: there is no kind without a row.
 */
const verbs: Verbs = {
  'log.key-announced': [],
  'service.registered': [subjects.register],
  'service.pace-set': [subjects.setPace],
  'service.media-hosts-set': [subjects.setMediaHosts],
  'surface.defined': [subjects.define],
  'item-kind.defined': [subjects.defineKind],
  'policy.published': [policy.publish],
  'policy.drafted': [policy.draft],
  'policy.reviewed': [policy.review],
  'policy.scheduled': [policy.schedule, policy.scheduleDraft],
  'policy.dropped': [policy.drop],
  'policy.withdrawn': [policy.withdraw],
  'policy.confirmed': [policy.confirm],
  'help-line.set': [policy.writeLine],
  'help-line.confirmed': [policy.confirmLine],
  'help-line.removed': [policy.removeLine],
  'staff.enrolled': [staff.enrol],
  'staff.roles-set': [staff.setRoles],
  'staff.disabled': [staff.disable],
  // Secrets and sessions are technical: what opens a door today follows from no record.
  'staff.secrets-reset': [],
  'staff.own-changed': [],
  'staff.recovery-used': [],
  'export.made': [],
  'account.noted': [subjects.note],
  'account.identified': [subjects.identify],
  'account.linked': [subjects.linkTo],
  'account.unlinked': [subjects.unlink],
  'content.snapshotted': [subjects.snapshot],
  'media.awaited': [subjects.awaitMedia],
  'media.kept': [subjects.keepMedia],
  'media.failed': [subjects.failMedia],
  'material.viewed': [],
  'party.erased': [],
  'screening.counted': [],
  'rule.drafted': [screening.draftRule],
  'rule.shadowed': [screening.shadow],
  'rule.proposed': [screening.propose],
  'rule.made-live': [screening.makeLive],
  'rule.braked': [screening.brake],
  'rule.switched-off': [screening.switchOff],
  'rules.counted': [screening.countRules],
  'verdict.given': [screening.give],
  'case.opened': [cases.open, (because) => cases.startClocks(because, because.payload.case)],
  'case.revision-added': [cases.addRevision],
  'case.escalated': [cases.escalate],
  'case.brought-forward': [cases.bringForward],
  'case.weighed': [cases.weigh],
  'case.handed-over': [cases.handOver],
  'case.raised': [cases.raise],
  'case.parked': [cases.park],
  'case.returned': [cases.comeBack],
  'case.noted': [],
  'case.flooded': [cases.flood],
  'users.counted': [counts.count],
  'accreditation.proposed': [flaggers.propose],
  'accreditation.refused': [flaggers.refuse],
  'accreditation.withdrawn': [flaggers.withdraw],
  'flagger.accredited': [flaggers.accept, flaggers.accredit],
  'flagger.suspended': [flaggers.suspend],
  'case.bundled': [cases.bundle],
  'case.unbundled': [cases.unbundle],
  'case.merged': [cases.merge],
  'case.unmerged': [cases.unmerge],
  'case.combined': [cases.combine],
  'bundle.decided': [decisions.bundle],
  'secrecy.imposed': [cases.imposeSecrecy],
  'secrecy.ended': [cases.endSecrecy],
  'case.closed': [cases.close, (because) => cases.stopClocks(because, because.record.case as string, ['protect', 'enforce'])],
  'report.received': [intake.receive, cases.placeByReport, (because) => cases.startClocks(because, because.payload.report)],
  'report.taken-up': [intake.takeUp, (because) => cases.startClocks(because, because.payload.report)],
  'report.dismissed': [intake.dismiss],
  'decision.made': [
    decisions.make,
    cases.decide,
    (because) =>
      cases.stopClocks(
        because,
        because.record.case as string,
        because.payload.stage === 'temporary' || because.payload.target_kind === 'account'
          ? []
          : because.payload.clocks.length > 0
            ? ['determine']
            : ['determine', 'protect'],
      ),
    (because) =>
      cases.startClocks(because, because.payload.target_kind === 'account' ? because.payload.decision : (because.record.case as string)),
  ],
  'decision.proposed': [decisions.propose, cases.setAside],
  'proposal.settled': [decisions.settle, cases.giveBack],
  'decision.held': [decisions.hold, cases.setAside],
  'ending.proposed': [decisions.awaitEnd],
  'ending.settled': [decisions.settleEnding],
  'decision.released': [decisions.release, cases.giveBack],
  'decision.undone': [decisions.undo, cases.giveBack],
  'break-glass.opened': [decisions.openGlass],
  'break-glass.closed': [decisions.closeGlass],
  'break-glass.used': [decisions.decideAlone],
  'break-glass.reviewed': [decisions.review],
  'break-glass.acted': [decisions.actAlone],
  'break-glass.act-reviewed': [decisions.reviewAct],
  'second.invited': [decisions.invite],
  'second.opened': [decisions.openInvitation],
  'second.withdrawn': [decisions.withdrawInvitation],
  'second.settled': [decisions.settleInvitation],
  'period.lapsed': [decisions.lapse],
  'measure.ended': [decisions.end],
  'clock.breached': [cases.breach],
  'clock.warned': [cases.warn],
  'clock.explained': [cases.explain],
  'call.made': [calls.make],
  'call.repeated': [calls.repeat],
  'call.answered': [calls.answer],
  'action.ordered': [enforcement.order],
  'action.acknowledged': [enforcement.settle, (because) => cases.stopClocks(because, because.payload.subject, because.payload.stops)],
  'action.lapsed': [enforcement.lapse],
  'action.mismatched': [enforcement.mismatch],
  'delivery.replayed': [],
  'notice.written': [notices.write],
  'notice.handed': [
    notices.hand,
    intake.hear,
    (because) => cases.stopClocks(because, because.payload.report ?? because.record.id, because.payload.stops),
    (because) => cases.stopClocks(because, because.payload.appeal ?? because.record.id, because.payload.stops),
    (because) => cases.stopClocks(because, because.payload.inquiry ?? because.record.id, because.payload.stops),
  ],
  'notice.bounced': [notices.bounce],
  'appeal.received': [appeals.receive, (because) => cases.startClocks(because, because.payload.appeal)],
  'appeal.decided': [appeals.settle],
  'instruction.received': [instructions.receive, (because) => cases.startClocks(because, because.payload.instruction)],
  'instruction.carried-out': [instructions.carryOut],
  'instruction.answered': [instructions.answer, (because) => cases.stopClocks(because, because.payload.instruction, ['instruction'])],
  'receipt.sent': [instructions.noteSent],
  'instruction.advanced': [
    instructions.advance,
    (because) => cases.startClocks(because, because.payload.instruction),
    (because) => cases.stopClocks(because, because.payload.instruction, instructions.settles(because.payload.to) ? ['instruction'] : []),
  ],
  'inquiry.received': [inquiries.receive, (because) => cases.startClocks(because, because.payload.inquiry)],
  'inquiry.answered': [inquiries.answer],
};

/** Makes again the change that one record tells of, on the transaction it is told on. */
export async function fold(heard: Heard): Promise<void> {
  for (const verb of verbs[heard.record.kind] as readonly ((because: Because) => Promise<unknown>)[]) await verb(heard as Because);
}

/** The state tables, which a fold gives again. Every other table is technical or the spine itself. */
export const stateTables = [
  'policy.version',
  'policy.draft',
  'policy.help_line',
  'subjects.service',
  'subjects.surface',
  'subjects.item_kind',
  'subjects.account',
  'subjects.identifier',
  'subjects.link',
  'subjects.item',
  'subjects.revision',
  'subjects.media',
  'staff.member',
  'screening.rule',
  'screening.rule_minute',
  'screening.verdict',
  'intake.report',
  'flaggers.flagger',
  'flaggers.accreditation',
  'counts.user_count',
  'calls.call',
  'cases.case',
  'cases.target',
  'cases.clock',
  'cases.work',
  'cases.secrecy',
  'decisions.decision',
  'decisions.bundled',
  'decisions.proposal',
  'decisions.ending',
  'decisions.glass',
  'decisions.invitation',
  'decisions.alone',
  'decisions.act_alone',
  'decisions.held',
  'enforcement.action',
  'notices.notice',
  'appeals.appeal',
  'inquiries.inquiry',
  'instructions.instruction',
] as const;

/** The spine: what happened, its order and its seal. Insert-only but for `pending` and `handle`; a fold reads them and never writes them. */
export const spineTables = [
  'records.record',
  'records.case_record',
  'records.pending',
  'records.leaf',
  'records.checkpoint',
  'records.handle',
  'records.record_party',
  'records.confidential',
] as const;

/** Tables that say nothing about what happened: secrets, sessions, leases, cursors, counters, what waits to be sent. They need no record. */
export const technicalTables = [
  'records.subscriber',
  'screening.rule_sample',
  'cases.lease',
  'decisions.invitation_secret',
  'perisai.outbox',
  'perisai.delivery',
  'perisai.delivery_bucket',
  'perisai.media_fetch',
  'perisai.webhook_secret',
  'perisai.idempotency',
  'perisai.service_key',
  'perisai.code_attempt',
  'perisai.migration',
  'staff.credential',
  'staff.attempt',
  'staff.session',
  'staff.recovery_code',
] as const;

/** Schemas of other people's programs in our database, whose tables are technical whatever they are called. */
export const foreignSchemas = ['graphile_worker'] as const;
