import { keyedDigest, sameDigest } from '../../foundation/digest.ts';
import type { Why } from '../../procedure/moderation/index.ts';
import type { Visit } from '../frame.ts';

/** How long the files of a page can be opened: for looking at them, not for keeping their address. */
export const fileMs = 15 * 60_000;

/** One file, as it was laid out on one page for one person. */
export interface FileAsked {
  readonly case: string;
  readonly revision: string;
  /** Which of the revision's files, from 0. */
  readonly place: number;
  readonly why: Why;
  /** Whether the page is the answer to somebody who asked to see what is guarded. */
  readonly revealed: boolean;
  readonly at: Date;
}

type Holder = Pick<Visit, 'house' | 'session'> & { readonly member: Pick<Visit['member'], 'id'> };
/** In the address a letter will do. */
const whys: Readonly<Record<string, Why>> = { d: 'deciding the case', a: 'hearing the appeal', s: 'seconding the decision' };

/** The query that opens it: for this session of this person, this file, and a few minutes. */
export function fileQuery(holder: Holder, asked: FileAsked): string {
  const why = Object.keys(whys).find((letter) => whys[letter] === asked.why) ?? '';
  return `at=${asked.at.getTime()}&how=${why}${asked.revealed ? 'r' : 'p'}&proof=${proofOf(holder, asked)}`;
}

/** What was laid out; null where this is not what this person was given, or its minutes are over. */
export function fileAsked(
  holder: Holder & Pick<Visit, 'now'>,
  of: Pick<FileAsked, 'case' | 'revision' | 'place'>,
  { at: ms = '', how = '', proof = '' }: { readonly at?: string; readonly how?: string; readonly proof?: string },
): FileAsked | null {
  const at = new Date(Number(ms));
  const why = whys[how[0] ?? ''];
  const age = holder.now.getTime() - at.getTime();
  if (why === undefined || !(age >= 0 && age < fileMs)) return null;
  const asked = { ...of, why, revealed: how[1] === 'r', at };
  return sameDigest(proof, proofOf(holder, asked)) ? asked : null;
}

function proofOf({ house, session, member }: Holder, { case: of, revision, place, why, revealed, at }: FileAsked): string {
  const says = [of, revision, String(place), why, String(revealed), String(at.getTime())];
  return keyedDigest(house.secret, 'file of a case', session, member.id, ...says);
}
