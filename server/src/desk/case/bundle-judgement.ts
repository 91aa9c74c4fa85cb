import * as policy from '../../policy/index.ts';
import type { BundleJudgement } from '../../procedure/casework/index.ts';
import { extentOf } from './measures.ts';
import type { Typed } from './shown.ts';

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What was typed, as the step takes it. A form without the question about the accounts leaves them alone. */
export function judgementOf(typed: Typed, determination: policy.FinalDetermination): Omit<BundleJudgement, 'reason'> {
  const { clause, measure, lessened = '', except = [], less = [] } = typed;
  const measures = policy.shippedLadder.steps.map((step) => step.measure);
  return {
    determination,
    clause: clause || null,
    lessened,
    ...extentOf(typed),
    except: pairs(except, (said) => policy.finalDeterminations.find((one) => one === said)),
    ...(measure === undefined ? {} : { measure: measure === 'suggested' ? 'suggested' : null }),
    less: pairs(less, (said) => (said === 'nothing' ? null : measures.find((one) => one === said))),
  };
}

/** Cases, each with what was chosen for it; what is no choice of ours is left out. */
function pairs<T>(chosen: readonly string[], known: (said: string) => T | undefined): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [id = '', said = ''] of chosen.map((one) => one.split(' '))) {
    const choice = known(said);
    if (choice !== undefined && uuid.test(id)) found.set(id, choice);
  }
  return found;
}
