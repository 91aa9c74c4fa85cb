import { describe, expect, test } from 'vitest';
import { endOf, graver, isLive, plan, shippedLadder, strikesOf, type Violation } from './ladder.ts';

const day = 24 * 3_600_000;
const now = new Date('2026-11-26T00:00:00.000Z');
const ago = (days: number) => new Date(now.getTime() - days * day);
let count = 0;
const did = (clause: string, days: number, more: Partial<Violation> = {}): Violation => {
  count++;
  return { decision: `d${count}`, case: `c${count}`, clause, at: ago(days), ...more };
};
const planned = (clause: string | null, before: readonly Violation[] = [], determination: 'remove' | 'label' | 'none' = 'remove') =>
  plan({ decision: 'new', case: 'new', determination, clause, now, shown: 'visible' }, before);

describe('strikes', () => {
  test('weigh what their clause weighs, and run out by themselves', () => {
    const [strike] = strikesOf([did('bullying.harassment', 10)]);
    expect(strike).toMatchObject({ weight: 2, until: new Date(ago(10).getTime() + 180 * day) });
    expect(isLive(strike as never, now)).toBe(true);
    expect(isLive(strike as never, new Date(now.getTime() + 170 * day))).toBe(false);
  });

  test('weigh one more for the same harm within a year, and not after it', () => {
    expect(strikesOf([did('bullying.harassment', 100), did('hate.age', 1)]).map(({ weight }) => weight)).toEqual([2, 3]);
    expect(strikesOf([did('bullying.harassment', 400), did('hate.age', 1)]).map(({ weight }) => weight)).toEqual([2, 2]);
    expect(strikesOf([did('scam.phishing', 100), did('hate.age', 1)]).map(({ weight }) => weight)).toEqual([3, 2]);
  });

  test('of one case are one strike, of the heaviest clause', () => {
    const together = { case: 'bundle' };
    expect(strikesOf([did('hate.age', 1, together), did('hate.race', 1, together), did('hate.age', 1, together)])).toMatchObject([
      { clause: 'hate.race', weight: 3 },
    ]);
  });

  test('are not given for a cry for help or a missing label', () => {
    expect(
      strikesOf([did('child.at-risk', 1), did('manipulated.undisclosed', 1), did('manipulated.deceptive', 1), did('no.such', 1)]),
    ).toEqual([]);
  });
});

describe('the plan', () => {
  test('climbs the ladder by what is live, one step after the other', () => {
    const before: Violation[] = [];
    const steps: unknown[] = [];
    for (let n = 6; n > 0; n--) {
      steps.push(planned('bullying.harassment', before).actions.account.suggested);
      before.push(did('bullying.harassment', n));
    }
    expect(steps).toEqual(['warn', 'restrict-account', 'suspend-account', 'suspend-account', 'terminate-account', 'terminate-account']);
    expect(
      planned(
        'bullying.harassment',
        before.map((one) => ({ ...one, at: ago(500) })),
      ).actions.account.suggested,
    ).toBe('warn');
  });

  test('jumps where the clause leaves no doubt, and in doubt stays below', () => {
    expect(planned('scam.phishing').actions.account).toEqual({
      suggested: 'suspend-account',
      alone: 'suspend-account',
      people: 1,
      jumps: true,
    });
    // Incitement would jump to suspension, a threat to restriction: both lead to this clause.
    expect(planned('violence.threat').actions.account.suggested).toBe('restrict-account');
    expect(planned('scam.investment').actions.account.jumps).toBe(false);
  });

  test('ends an account by two people only, and closes it meanwhile', () => {
    expect(planned('csam.material').actions.account).toEqual({
      suggested: 'terminate-account',
      alone: 'suspend-account',
      people: 2,
      jumps: true,
    });
    const many = Array.from({ length: 5 }, (_, n) => did('bullying.harassment', n + 1));
    expect(planned('bullying.harassment', many).actions.account).toMatchObject({
      suggested: 'terminate-account',
      alone: 'suspend-account',
      people: 2,
    });
  });

  test('ends for a child with suspension, unless the clause itself leads higher: then two people look', () => {
    const many = Array.from({ length: 5 }, (_, n) => did('bullying.harassment', n + 1));
    const of = (clause: string, child: boolean) =>
      plan({ decision: 'new', case: 'new', determination: 'remove', clause, now, shown: 'visible', child }, many).actions.account;
    expect(of('bullying.harassment', false)).toMatchObject({ suggested: 'terminate-account', people: 2 });
    expect(of('bullying.harassment', true)).toEqual({ suggested: 'suspend-account', alone: 'suspend-account', people: 1, jumps: false });
    expect(of('csam.material', true)).toMatchObject({ suggested: 'terminate-account', alone: 'suspend-account', people: 2 });
  });

  test('has nothing for an account where no clause is broken, whatever it did before', () => {
    const before = [did('hate.race', 3), did('hate.race', 2)];
    const cleared = planned(null, before, 'none');
    expect(cleared.actions).toEqual({ item: null, account: { suggested: null, alone: null, people: 1, jumps: false } });
    expect(cleared.strikes).toMatchObject({ added: null, total: 7 });
    expect(cleared.notices).toEqual([]);
  });

  test('says what the platform is asked, the strike, and who is told', () => {
    const { actions, strikes, notices } = planned('hate.race');
    expect(actions).toMatchObject({ item: 'remove', account: { suggested: 'reprimand' } });
    expect(strikes).toMatchObject({ added: { decision: 'new', weight: 3 }, total: 3 });
    expect(notices).toEqual([{ to: 'author', template: 'account.reprimanded' }]);
  });
});

test('a measure of limited length lasts longer the second time within a year', () => {
  const end = (taken: Parameters<typeof endOf>[2]) => ((endOf('suspend-account', now, taken) as Date).getTime() - now.getTime()) / day;
  expect(end([])).toBe(14);
  expect(end([{ measure: 'suspend-account', at: ago(364) }])).toBe(60);
  expect(end([{ measure: 'suspend-account', at: ago(366) }])).toBe(14);
  expect(end([{ measure: 'restrict-account', at: ago(3) }])).toBe(14);
  expect(endOf('warn', now, [])).toBeNull();
});

test('measures are ordered as the steps are', () => {
  const inOrder = shippedLadder.steps.map(({ measure }) => measure);
  expect([...inOrder].sort(graver)).toEqual(inOrder);
  expect(graver('warn', null)).toBeGreaterThan(0);
});
