import * as appeals from '../../appeals/questions.ts';
import * as decisions from '../../decisions/questions.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { Problem } from '../../foundation/http/problems.ts';
import type { Language } from '../../foundation/i18n/language.ts';
import * as inquiries from '../../inquiries/questions.ts';
import type { House } from '../../procedure/house.ts';
import { happenedBy, reveal } from '../../records/questions.ts';
import type { Member } from '../../staff/questions.ts';
import { type CaseRead, type Looked, readCase } from '../case-life.ts';
import { type BundleMember, readMembers } from '../similar.ts';

/** One case of a bundle, with what is proposed about it. */
export interface ProposedMember extends BundleMember {
  readonly determination: string;
}

/** A proposal with the case it is about, as one reader may see it. */
export interface ProposalRead {
  readonly proposal: decisions.Proposal;
  /** Whether this reader may know yet what was proposed: who did it may, and who has looked at the material since; of a settled one, everybody. */
  readonly open: boolean;
  /** What the first person wrote; null until then, and once erased. */
  readonly reason: string | null;
  /** What the second person wrote. */
  readonly ruling: string | null;
  readonly case: CaseRead;
  /** Of a bundle, all that is in it; null otherwise, and until this reader may know. */
  readonly bundle: readonly ProposedMember[] | null;
  /** Who made the decision that it would change: none of them settles it. Nobody, where nothing was decided before. */
  readonly contestedBy: readonly (string | null)[];
  /** What somebody wrote who did not agree with what was decided, and what that was. */
  readonly answering: Answering | null;
}

/** The words that a proposal answers; null once they are erased, and of a review. */
export interface Answering {
  readonly text: string | null;
  readonly language: Language | null;
  readonly contested: decisions.Decision;
  /** Of a review, how many decisions were made as one. */
  readonly together: number;
}

/** What a second person needs to settle a proposal, in one transaction. @throws Problem `proposal-unknown`, `forbidden`. */
export async function readProposal(house: House, tx: Tx, member: Member, id: string, looked: Looked = {}): Promise<ProposalRead> {
  const proposal = await decisions.proposal(tx, id);
  if (!proposal) throw new Problem('proposal-unknown', `There is no proposal ${id}.`);
  const read = await readCase(house, tx, member, proposal.case, looked);
  const since = { case: proposal.case, kind: 'material.viewed', party: member.id, since: proposal.proposedAt };
  const open = proposal.state !== 'waiting' || proposal.proposedBy === member.id || (await happenedBy(tx, since));
  const settled = read.moments.find(({ kind, payload }) => kind === 'proposal.settled' && payload['proposal'] === id);
  const told = open ? await reveal(house, tx, 'decision.proposed', proposal.record) : null;
  return {
    proposal,
    open,
    reason: told?.reason ?? told?.said ?? null,
    bundle: told?.bundle ? await proposedOf(house, tx, proposal.case, told.bundle.cases) : null,
    ...(await answeringOf(house, tx, proposal)),
    ruling: settled ? ((await reveal(house, tx, 'proposal.settled', settled.record))?.reason ?? null) : null,
    // Whoever is to judge for themselves asks for the material first, guarded or not: the look is on record, and then the proposal is shown.
    case: open || looked.material ? read : { ...read, material: null, guarded: true },
  };
}

async function answeringOf(
  house: House,
  tx: Tx,
  { answers }: decisions.Proposal,
): Promise<Pick<ProposalRead, 'contestedBy' | 'answering'>> {
  if (answers === null) return { contestedBy: [], answering: null };
  const contested = (await decisions.decision(tx, answers.decision)) as decisions.Decision;
  const bundle = answers.to === 'review' ? await decisions.bundleOf(tx, contested.id) : undefined;
  const together = bundle === undefined ? 1 : (await decisions.inBundle(tx, bundle)).length;
  const { decidedBy, proposedBy, others } = await decisions.madeBy(tx, contested);
  return { contestedBy: [decidedBy, proposedBy, ...others], answering: { contested, together, ...(await wordsOf(house, tx, answers)) } };
}

async function wordsOf(house: House, tx: Tx, { to, id }: decisions.Answers): Promise<Pick<Answering, 'text' | 'language'>> {
  if (to === 'appeal') {
    const appeal = (await appeals.appeal(tx, id)) as appeals.Appeal;
    return { text: (await reveal(house, tx, 'appeal.received', appeal.record))?.text ?? null, language: appeal.language };
  }
  if (to === 'review') return { text: null, language: null };
  const inquiry = (await inquiries.inquiry(tx, id)) as inquiries.Inquiry;
  return { text: (await reveal(house, tx, 'inquiry.received', inquiry.record))?.text ?? null, language: inquiry.language };
}

async function proposedOf(
  house: House,
  tx: Tx,
  lead: string,
  proposed: readonly { readonly case: string; readonly determination: string }[],
): Promise<readonly ProposedMember[]> {
  const what = new Map(proposed.map((one) => [one.case, one.determination]));
  const members = await readMembers(house, tx, lead);
  return members.flatMap((member) => {
    const determination = what.get(member.id);
    return determination === undefined ? [] : [{ ...member, determination }];
  });
}
