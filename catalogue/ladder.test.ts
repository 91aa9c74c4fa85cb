import { describe, expect, test } from 'vitest';
import ladder from './ladder.json' with { type: 'json' };
import reasonsFile from './reasons.json' with { type: 'json' };

const { steps, strikes, jumps, noStrike } = ladder;
const reasons = new Map(reasonsFile.reasons.map((reason) => [reason.id, reason]));
const names = steps.map((step) => step.id);
const days = (length: string): number => Number(/^P(\d+)D$/.exec(length)?.[1]);

describe('the ladder', () => {
  test('has the five steps of the Code, each needing more than the one before', () => {
    expect(names).toEqual(['warning', 'reprimand', 'restriction', 'suspension', 'termination']);
    expect(steps.map((step) => step.order)).toEqual([1, 2, 3, 4, 5]);
    for (const [before, step] of steps.slice(1).map((step, n) => [steps[n], step] as const))
      expect(step.from).toBeGreaterThan(before?.from ?? 0);
  });

  test('weighs each severity, the graver the more and the longer', () => {
    expect(Object.keys(strikes).toReversed()).toEqual(reasonsFile.severities);
    const [low, ...graver] = Object.values(strikes);
    expect(low?.weight).toBe(steps[0]?.from);
    let before = low;
    for (const strike of graver) {
      expect(strike.weight).toBeGreaterThan(before?.weight ?? 0);
      expect(days(strike.expires)).toBeGreaterThan(days(before?.expires ?? ''));
      before = strike;
    }
  });

  test('ends no account on a first strike that does not jump', () => {
    const heaviest = Math.max(...Object.values(strikes).map((strike) => strike.weight)) + ladder.recidivism.sameHarm.add;
    expect(heaviest).toBeLessThan(steps.find((step) => step.id === 'suspension')?.from ?? 0);
  });

  test('takes a step of limited length longer the second time, and leaves the others without length', () => {
    for (const { id, lasts } of steps) {
      if (id !== 'restriction' && id !== 'suspension') expect(lasts, id).toBeNull();
      else expect(days(lasts?.[0] ?? ''), id).toBeLessThan(days(lasts?.[1] ?? ''));
    }
  });

  test('ends an account only with two people, whichever way it got there', () => {
    expect(steps.filter((step) => step.people === 2).map((step) => step.id)).toEqual(['termination']);
    for (const { to, people, meanwhile } of jumps) {
      if (to !== 'termination') continue;
      expect(people).toBe(2);
      expect(meanwhile, 'the account is stopped while the second person is awaited').toBe('suspension');
    }
  });

  test('jumps for reasons that exist, each once, upward, and never for what brings no strike', () => {
    const jumping = jumps.flatMap((jump) => jump.reasons);
    expect(new Set(jumping).size).toBe(jumping.length);
    expect([...jumping, ...noStrike].filter((id) => !reasons.has(id))).toEqual([]);
    expect(jumping.filter((id) => noStrike.includes(id))).toEqual([]);
    for (const { to, meanwhile } of jumps) {
      expect(names).toContain(to);
      if (meanwhile) expect(names.indexOf(meanwhile)).toBeLessThan(names.indexOf(to));
    }
    for (const id of jumping) {
      const jump = jumps.find((each) => each.reasons.includes(id));
      const weight = strikes[reasons.get(id)?.severity as keyof typeof strikes].weight;
      const alone = steps.findLast((step) => step.from <= weight);
      expect(names.indexOf(jump?.to ?? ''), `${id} gains nothing by its jump`).toBeGreaterThanOrEqual((alone?.order ?? 0) - 1);
    }
  });

  test('ends the account of whoever abuses a child or serves terror', () => {
    const ending = jumps.filter((jump) => jump.to === 'termination').flatMap((jump) => jump.reasons);
    const gravest = reasonsFile.reasons.filter(({ harm, severity }) => harm === 'csam' && severity === 'critical').map(({ id }) => id);
    expect(gravest.length).toBeGreaterThan(3);
    expect(ending).toEqual(expect.arrayContaining([...gravest, 'terrorism.recruitment', 'terrorism.funding', 'terrorism.instructions']));
  });

  test('punishes nobody for a cry for help', () => {
    expect(noStrike).toContain('child.at-risk');
  });
});
