import { expect, test } from 'vitest';
import type { Figures } from './figures.ts';
import type { Seen } from './play.ts';
import { scores, sums } from './sums.ts';

const seen: Seen = {
  items: 5,
  verdicts: { allow: 2, withhold: 2, review: 1, restrict: 0, block: 0 },
  cases: new Set(['a', 'b', 'c']),
  decided: 1,
  hidden: 0,
  unreadable: [],
  labels: { hit: 2, missed: 1, wrong: 1, right: 1 },
};
const figures: Figures = {
  verdicts: { withhold: 2, review: 1 },
  cases: { open: 2, closed: 1 },
  decisions: { 'temporary make-inaccessible': 2, 'final remove': 1 },
  actions: { acknowledged: 1, superseded: 1, ordered: 1 },
  notices: { handed: 3 },
  clocks: [{ clock: 'determine', kept: 1, late: 0, running: 2 }],
  records: {
    'verdict.given': 3,
    'case.opened': 3,
    'decision.made': 3,
    'action.ordered': 3,
    'action.acknowledged': 1,
    'notice.written': 3,
    'notice.handed': 3,
    'screening.counted': 1,
  },
  sealed: 20,
  allowed: 2,
};
const broken = (theirs: Partial<Seen>, ours: Partial<Figures>) =>
  sums({ ...seen, ...theirs }, { ...figures, ...ours })
    .filter(({ left, right }) => left !== right)
    .map(({ says }) => says);

test('sums hold where every count agrees, and each count that is off by one breaks one', () => {
  expect(broken({}, {})).toEqual([]);
  expect(broken({ items: 6 }, {})).toEqual(['verdicts answered = items']);
  expect(broken({}, { allowed: 1 })).toEqual(['items allowed = those the records count']);
  expect(broken({ decided: 2 }, {})).toEqual(['final decisions = those the moderators made']);
  expect(broken({ hidden: 1 }, {})).toEqual(['temporary decisions = machine’s and moderators’']);
  expect(broken({}, { actions: { acknowledged: 1, superseded: 1 } })).toEqual(['actions by state = records action.ordered']);
  expect(broken({}, { notices: { handed: 2, written: 1 } })).toEqual(['notices handed over = records notice.handed']);
  expect(broken({}, { clocks: [] })).toEqual(['clocks determine = cases']);
  expect(broken({}, { sealed: 21 })).toEqual(['records by kind = records under the signed checkpoint']);
  expect(broken({ cases: new Set(['a', 'b']) }, {})).toEqual(['cases that the answers named = rows of the table']);
});

test('precision and recall are of what the file labels, and null where it labels nothing', () => {
  expect(scores(seen)).toEqual({ precision: 0.6667, recall: 0.6667 });
  expect(scores({ ...seen, labels: { hit: 0, missed: 2, wrong: 0, right: 1 } })).toEqual({ precision: 0, recall: 0 });
  expect(scores({ ...seen, labels: { hit: 0, missed: 0, wrong: 0, right: 0 } })).toBeNull();
});
