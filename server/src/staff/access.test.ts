import { expect, test } from 'vitest';
import { type AccessObject, type Action, accessReference, actions, demand, may, ruleOf } from './access.ts';
import { type Member, type StaffRole, staffRoles } from './member.ts';

const me = '00000000-0000-7000-8000-000000000001';
const somebody = '00000000-0000-7000-8000-000000000002';

type Expected = 'yes' | 'forbidden' | 'same-person';
/** An object an action can be asked about, in a word for the name of the test. */
interface Case {
  readonly action: Action;
  readonly object: unknown;
  readonly says: string;
  /** What each role alone is answered. */
  readonly moderator: Expected;
  readonly senior: Expected;
  readonly administrator: Expected;
}

/**
 * Who may do what, written down a second time and by hand, from product.md's "Roles" and "Two people". Whoever changes the table of
 * access.ts changes it here, too, and so says it twice.
 */
const row = (action: Action, object: unknown, says: string, moderator: Expected, senior: Expected, administrator: Expected): Case => ({
  action,
  object,
  says,
  moderator,
  senior,
  administrator,
});
const [yes, no, second] = ['yes', 'forbidden', 'same-person'] as const;
const expectations: readonly Case[] = [
  //                                                                                      moderator senior administrator
  row('queue.view', 'queue', 'the queue', yes, yes, no),
  row('case.view', 'case', 'a case', yes, yes, no),
  row('case.claim', 'case', 'a case', yes, yes, no),
  row('case.withhold', 'case', 'a case', yes, yes, no),
  row('case.decide', 'case', 'a case', yes, yes, no),
  row('case.hand-over', 'case', 'a case', yes, yes, no),
  row('case.take-raised', 'case', 'a case that was raised', no, yes, no),
  row('case.park', 'case', 'a case', yes, yes, no),
  row('case.note', 'case', 'a case', yes, yes, no),
  row('report.dismiss', 'report', 'a report', yes, yes, no),
  row('material.view', 'material', 'what was reported', yes, yes, no),
  row('account.view', 'account', 'an account', yes, yes, no),
  row('account.terminate', { type: 'decision', decidedBy: somebody }, 'what somebody else suspended', no, yes, no),
  row('account.terminate', { type: 'decision', decidedBy: null }, 'what a machine suspended', no, yes, no),
  row('account.terminate', { type: 'decision', decidedBy: me }, 'what they suspended', no, second, no),
  row('decision.reverse', { type: 'decision', decidedBy: somebody }, 'a decision of somebody else', no, yes, no),
  row('decision.reverse', { type: 'decision', decidedBy: null }, 'a decision of a machine', no, yes, no),
  row('decision.reverse', { type: 'decision', decidedBy: me }, 'their own decision', no, second, no),
  row('appeals.view', 'appeals', 'the list of appeals', no, yes, no),
  row('appeal.decide', { type: 'appeal', decidedBy: somebody }, 'an appeal against somebody else', no, yes, no),
  row('appeal.decide', { type: 'appeal', decidedBy: null }, 'an appeal against a machine', no, yes, no),
  row('appeal.decide', { type: 'appeal', decidedBy: me }, 'an appeal against themselves', no, second, no),
  row('enforcement.view', 'enforcement', 'what is not enforced', yes, yes, yes),
  row('delivery.replay', 'delivery', 'a webhook that did not arrive', no, yes, yes),
  row('clocks.view', 'clocks', 'the clocks', yes, yes, yes),
  row('counts.view', 'counts', 'the counts of people', yes, yes, yes),
  row('obligations.view', 'obligations', 'what the law asks', yes, yes, yes),
  row('flaggers.manage', 'flaggers', 'trusted flaggers', no, no, yes),
  row('policy.view', 'policy', 'the guidelines and their drafts', yes, yes, yes),
  row('policy.write', 'policy', 'the guidelines and their drafts', no, yes, yes),
  row('policy.publish', 'policy', 'the guidelines and their drafts', no, yes, yes),
  row('policy.review', { type: 'draft', authors: [somebody] }, 'a draft of somebody else', no, yes, yes),
  row('policy.review', { type: 'draft', authors: [somebody, me] }, 'a draft that they wrote at', no, second, second),
  row('rule.view', 'rules', 'the rules of screening', yes, yes, yes),
  row('rule.write', 'rules', 'the rules of screening', no, yes, yes),
  row('rule.publish', { type: 'draft', authors: [somebody] }, 'a rule of somebody else', no, yes, yes),
  row('rule.publish', { type: 'draft', authors: [me] }, 'a rule that they wrote or proposed', no, second, second),
  row('staff.manage', 'staff', 'the staff', no, no, yes),
  row('staff.set-roles', { type: 'member', id: somebody }, 'the roles of somebody else', no, no, yes),
  row('staff.set-roles', { type: 'member', id: me }, 'their own roles', no, no, second),
];

const combinations = Array.from({ length: 2 ** staffRoles.length }, (_, bits) => staffRoles.filter((_role, place) => bits & (1 << place)));
const as = (roles: readonly StaffRole[]): Member => ({ id: me, name: 'Somebody', roles, languages: ['ms'] });

/** Several roles are worth the best of them, but who is the first person stays the first person. */
function expected(roles: readonly StaffRole[], { moderator, senior, administrator }: Case): Expected {
  const answers = roles.map((role) => ({ moderator, 'senior-moderator': senior, administrator })[role]);
  if (answers.includes('yes')) return 'yes';
  return answers.includes('same-person') ? 'same-person' : 'forbidden';
}

test('there are eight combinations of roles, and no action stands outside the matrix', () => {
  expect(combinations).toHaveLength(2 ** staffRoles.length);
  expect([...new Set(expectations.map(({ action }) => action))].sort()).toEqual([...actions].sort());
});

test.each(combinations.map((roles) => ({ name: roles.join(' and ') || 'nobody', roles })))(
  '$name may what the matrix says, and nothing else',
  ({ roles }) => {
    for (const one of expectations) {
      const answer = may(as(roles), one.action, one.object as AccessObject<Action>);
      expect(answer.allowed ? 'yes' : answer.code, `${one.action} on ${one.says}`).toBe(expected(roles, one));
      const demanding = () => demand(as(roles), one.action, one.object as AccessObject<Action>);
      if (expected(roles, one) === 'yes') expect(demanding).not.toThrow();
      else expect(demanding).toThrow(expect.objectContaining({ code: expected(roles, one) }));
    }
  },
);

test('an action that is asked about another kind of object is refused, whoever asks', () => {
  const everything = as(staffRoles);
  const objects = [...new Set(expectations.map(({ object }) => JSON.stringify(object)))].map((text) => JSON.parse(text) as unknown);
  const kindOf = (object: unknown) => (typeof object === 'string' ? object : (object as { type: string }).type);
  for (const action of actions) {
    for (const object of objects.filter((one) => kindOf(one) !== ruleOf(action).object))
      expect(may(everything, action, object as AccessObject<Action>), `${action} on ${kindOf(object)}`).toMatchObject({
        allowed: false,
        code: 'forbidden',
      });
  }
});

test('a refusal says which role is needed, or that it is for another person', () => {
  expect(may(as(['moderator']), 'appeals.view', 'appeals')).toEqual({
    allowed: false,
    code: 'forbidden',
    why: 'appeals.view needs the role senior-moderator.',
  });
  expect(may(as(['senior-moderator']), 'appeal.decide', { type: 'appeal', decidedBy: me })).toMatchObject({
    why: 'appeal.decide needs a second person (not on their own decision).',
  });
});

test('a role that nobody knows is worth nothing', () => {
  for (const one of expectations)
    expect(may(as(['superuser' as StaffRole]), one.action, one.object as AccessObject<Action>).allowed, one.action).toBe(false);
});

test('the page of the reference has a line an action and a column a role', () => {
  const lines = accessReference().split('\n');
  for (const action of actions) {
    const line = lines.find((one) => one.startsWith(`| \`${action}\``)) ?? '';
    const cells = line.split('|').slice(3, -1);
    expect(
      cells.map((cell) => cell.trim().startsWith('yes')),
      action,
    ).toEqual(staffRoles.map((role) => ruleOf(action).roles.includes(role)));
  }
});
