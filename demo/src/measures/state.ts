import type { Account } from '../accounts.ts';
import type { Post } from '../posts.ts';
import { type Measure, measures, shut } from './measure.ts';

/** What people see of a post. */
export type State = 'visible' | 'hidden' | 'deleted' | 'pending' | Exclude<Measure, 'none' | 'inaccessible'>;

type Facts = Pick<Post, 'deleted_at' | 'measure' | 'screening'>;

/** The measure that an action is, or null where Warung has no such thing, for this kind of post or at all. */
export function measureOf(act: string, kind: Post['kind']): Measure | null {
  const measure = Object.hasOwn(measures, act) ? measures[act as keyof typeof measures] : null;
  return measure === 'interrupted' && kind !== 'live' ? null : measure;
}

/** The strictest of the three facts wins; deleting is the author's own and final. */
export function stateOf(post: Facts): State {
  if (post.deleted_at !== null) return 'deleted';
  if (post.measure === 'inaccessible') return 'hidden';
  if (shut.includes(post.measure)) return post.measure as State;
  if (post.screening === 'pending') return 'pending';
  if (post.screening === 'withheld') return 'hidden';
  return post.measure === 'none' ? 'visible' : (post.measure as State);
}

/** The state as this reader meets it: a measure for Malaysia alone does not hold for somebody who reads from elsewhere. */
function stateFor(post: Post, reader: Account | null): State {
  return stateOf(post.territory === 'MY' && reader?.abroad ? { ...post, measure: 'none' } : post);
}

const plain: Partial<Record<State, string>> = {
  visible: 'visible',
  hidden: 'inaccessible',
  pending: 'inaccessible',
  removed: 'removed',
  labelled: 'labelled',
  deleted: 'gone',
};

/** The state in Perisai's words: of the measures that came later, the word that the action itself asked for. Pending is seen by nobody. */
export function reported(post: Facts & { desired: string | null }): string {
  const state = stateOf(post);
  return plain[state] ?? post.desired ?? 'visible';
}

/** May this person (null: a guest) read the text? Its author always, until they delete it; members what is in their group. */
export function mayRead(post: Post, reader: Account | null): boolean {
  const state = stateFor(post, reader);
  if (state === 'deleted') return false;
  if (reader !== null && reader.id === post.author) return true;
  if (['hidden', 'pending'].includes(state) || shut.includes(state as Measure)) return false;
  if (state === 'age-gated' && (reader === null || reader.minor)) return false;
  if (post.grp !== null) return reader !== null && !post.grp_shut && post.members.includes(reader.id);
  return post.kind !== 'message' || reader?.id === post.recipient;
}

/** Is it only the reader's age that stands between them and the text? */
export function isGated(post: Post, reader: Account | null): boolean {
  return stateFor(post, reader) === 'age-gated' && !mayRead(post, reader);
}

/** Public posts by anybody who may read them; a private message by its receiver; nobody reports themselves. */
export function mayReport(post: Post, reader: Account | null): boolean {
  return mayRead(post, reader) && reader?.id !== post.author;
}

/** A measure stands until a decision lifts it, so what is hidden or removed can't be edited away. */
export function mayEdit(post: Post, reader: Account | null): boolean {
  const state = stateOf(post);
  const open = !['hidden', 'deleted'].includes(state) && !shut.includes(state as Measure);
  return reader?.id === post.author && open && !['message', 'suggestion'].includes(post.kind) && post.ended_at === null;
}

/** Nobody answers to what is limited. */
export function mayAnswer(post: Post, reader: Account | null): boolean {
  return post.kind === 'post' && mayRead(post, reader) && stateOf(post) !== 'limited';
}
