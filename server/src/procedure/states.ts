import { appealTransitions } from '../appeals/index.ts';
import { callTransitions } from '../calls/index.ts';
import { caseTransitions, secrecyTransitions, workTransitions } from '../cases/index.ts';
import {
  actAloneTransitions,
  aloneTransitions,
  decisionTransitions,
  endingTransitions,
  glassTransitions,
  heldTransitions,
  invitationTransitions,
  proposalTransitions,
} from '../decisions/index.ts';
import { actionTransitions } from '../enforcement/index.ts';
import { accreditationTransitions, flaggerTransitions } from '../flaggers/index.ts';
import { inquiryTransitions } from '../inquiries/index.ts';
import { instructionTransitions } from '../instructions/index.ts';
import { reportTransitions } from '../intake/index.ts';
import { noticeTransitions } from '../notices/index.ts';
import { draftTransitions } from '../policy/index.ts';
import type { Transition } from '../records/index.ts';
import { ruleTransitions } from '../screening/index.ts';
import { linkTransitions, mediaTransitions } from '../subjects/index.ts';

/** Every state machine of the procedure, by the table whose rows live it. Each stands in its noun's own file. */
export const machines = {
  'policy.draft': draftTransitions,
  'screening.rule': ruleTransitions,
  'subjects.media': mediaTransitions,
  'subjects.link': linkTransitions,
  'intake.report': reportTransitions,
  'flaggers.flagger': flaggerTransitions,
  'flaggers.accreditation': accreditationTransitions,
  'cases.case': caseTransitions,
  'cases.work': workTransitions,
  'cases.secrecy': secrecyTransitions,
  'decisions.decision': decisionTransitions,
  'decisions.proposal': proposalTransitions,
  'decisions.glass': glassTransitions,
  'decisions.invitation': invitationTransitions,
  'decisions.alone': aloneTransitions,
  'decisions.act_alone': actAloneTransitions,
  'decisions.held': heldTransitions,
  'decisions.ending': endingTransitions,
  'enforcement.action': actionTransitions,
  'notices.notice': noticeTransitions,
  'appeals.appeal': appealTransitions,
  'inquiries.inquiry': inquiryTransitions,
  'instructions.instruction': instructionTransitions,
  'calls.call': callTransitions,
} as const satisfies Record<string, readonly Transition[]>;
