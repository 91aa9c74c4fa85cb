import { expect, test } from 'vitest';
import { type AccessObject, type Action, accessReference, actions, demand, lanesOf, may, ruleOf } from './access.ts';
import { type Member, type StaffRole, staffRoles } from './member.ts';

const me = '00000000-0000-7000-8000-000000000001';
const somebody = '00000000-0000-7000-8000-000000000002';

type Expected = 'yes' | 'forbidden' | 'same-person';
/** An object an action can be asked about, in a word for the name of the test. */
interface Case {
  readonly action: Action;
  readonly object: unknown;
  readonly says: string;
  /** What each role alone is answered; who isn't named, is refused. */
  readonly answers: Partial<Readonly<Record<StaffRole, Expected>>>;
}

/**
 * Who may do what, written down a second time and by hand, from product.md's "Roles" and "Two people". Whoever changes the table of
 * access.ts changes it here, too, and so says it twice.
 */
const row = (
  action: Action,
  object: unknown,
  says: string,
  moderator: Expected,
  senior: Expected,
  administrator: Expected,
  others: Case['answers'] = {},
): Case => ({ action, object, says, answers: { ...others, moderator, 'senior-moderator': senior, administrator } });
const [yes, no, second] = ['yes', 'forbidden', 'same-person'] as const;
const [scam, csam] = ['scam', 'csam'];
const all: Case['answers'] = Object.fromEntries(staffRoles.map((role) => [role, yes]));
const childSafety: Case['answers'] = { 'child-safety-reviewer': yes };
const official: Case['answers'] = { 'compliance-officer': yes, 'law-enforcement-liaison': yes };
const expectations: readonly Case[] = [
  //                                                                                      moderator senior administrator, others
  row('queue.view', 'queue', 'the queue', yes, yes, no, { lead: yes, ...childSafety, auditor: yes, trainer: yes }),
  row('case.view', { type: 'case', harm: scam }, 'a case', yes, yes, no, { lead: yes, auditor: yes, trainer: yes }),
  row('case.view', { type: 'case', harm: csam }, 'a case of child abuse material', no, no, no, childSafety),
  row('case.claim', { type: 'case', harm: scam }, 'a case', yes, yes, no, { lead: yes }),
  row('case.claim', { type: 'case', harm: csam }, 'a case of child abuse material', no, no, no, childSafety),
  row('case.withhold', { type: 'case', harm: scam }, 'a case', yes, yes, no, { lead: yes }),
  row('case.withhold', { type: 'case', harm: csam }, 'a case of child abuse material', no, no, no, childSafety),
  row('case.decide', { type: 'case', harm: scam }, 'a case', yes, yes, no, { lead: yes }),
  row('case.decide', { type: 'case', harm: csam }, 'a case of child abuse material', no, no, no, childSafety),
  row('case.hand-over', 'case', 'a case', yes, yes, no, { lead: yes, ...childSafety }),
  row('case.take-raised', 'case', 'a case that was raised', no, yes, no, { lead: yes, ...childSafety }),
  row('case.park', 'case', 'a case', yes, yes, no, { lead: yes, ...childSafety }),
  row('case.note', 'case', 'a case', yes, yes, no, { lead: yes, ...childSafety }),
  row('report.dismiss', 'report', 'a report', yes, yes, no, { lead: yes, ...childSafety }),
  row('material.view', { type: 'material', harm: scam }, 'what was reported', yes, yes, no, { lead: yes }),
  row('material.view', { type: 'material', harm: csam }, 'child abuse material', no, no, no, childSafety),
  row('account.view', 'account', 'an account', yes, yes, no, { lead: yes, ...childSafety }),
  row('account.unlink', 'account', 'that two accounts are two people', yes, yes, no, { lead: yes, ...childSafety }),
  row('account.terminate', { type: 'decision', decidedBy: somebody, harm: scam }, 'what somebody else suspended', no, yes, no),
  row('account.terminate', { type: 'decision', decidedBy: null, harm: scam }, 'what a machine suspended', no, yes, no),
  row('account.terminate', { type: 'decision', decidedBy: me, harm: scam }, 'what they suspended', no, second, no),
  row('account.terminate', { type: 'decision', decidedBy: somebody, harm: csam }, 'for child abuse material', no, no, no, childSafety),
  row('account.terminate', { type: 'decision', decidedBy: me, harm: csam }, 'what they suspended for child abuse material', no, no, no, {
    'child-safety-reviewer': second,
  }),
  row('appeals.view', 'appeals', 'the list of appeals', no, yes, no, { lead: yes, auditor: yes, ...childSafety }),
  row('appeal.decide', { type: 'appeal', decidedBy: somebody, harm: scam }, 'an appeal against somebody else', no, yes, no),
  row('appeal.decide', { type: 'appeal', decidedBy: null, harm: scam }, 'an appeal against a machine', no, yes, no),
  row('appeal.decide', { type: 'appeal', decidedBy: me, harm: scam }, 'an appeal against themselves', no, second, no),
  row('appeal.decide', { type: 'appeal', decidedBy: somebody, harm: csam }, 'one on child abuse material', no, no, no, childSafety),
  row('appeal.decide', { type: 'appeal', decidedBy: me, harm: csam }, 'their own on child abuse material', no, no, no, {
    'child-safety-reviewer': second,
  }),
  row('appeal.decide', { type: 'appeal', decidedBy: somebody, proposedBy: me, harm: scam }, 'what they proposed', no, second, no),
  row('inquiries.view', 'inquiries', 'the list of inquiries', yes, yes, no, { lead: yes, auditor: yes, ...childSafety }),
  row('inquiry.answer', { type: 'inquiry', harm: scam }, 'an inquiry', yes, yes, no, { lead: yes }),
  row('inquiry.answer', { type: 'inquiry', harm: csam }, 'an inquiry about child abuse material', no, no, no, childSafety),
  row('instructions.view', 'instructions', 'the register of instructions', no, no, no, {
    'compliance-officer': yes,
    'law-enforcement-liaison': yes,
    auditor: yes,
  }),
  row('instruction.register', 'instruction', 'an instruction', no, no, no, { 'compliance-officer': yes, 'law-enforcement-liaison': yes }),
  row('approvals.view', 'approvals', 'what waits for a second person', yes, yes, no, { lead: yes, auditor: yes, ...childSafety }),
  row('proposal.settle', { type: 'proposal', proposedBy: somebody, harm: scam }, 'a proposal of somebody else', no, yes, no, { lead: yes }),
  row('proposal.settle', { type: 'proposal', proposedBy: me, harm: scam }, 'their own proposal', no, second, no, { lead: second }),
  row('proposal.settle', { type: 'proposal', proposedBy: somebody, harm: csam }, 'one on child abuse', no, no, no, childSafety),
  row('proposal.settle', { type: 'proposal', proposedBy: me, harm: csam }, 'their own on child abuse', no, no, no, {
    'child-safety-reviewer': second,
  }),
  row('proposal.cancel', { type: 'proposal', proposedBy: me, harm: scam }, 'their own proposal', yes, yes, no, {
    lead: yes,
    ...childSafety,
  }),
  row('proposal.cancel', { type: 'proposal', proposedBy: somebody, harm: scam }, 'a proposal of somebody else', no, no, no),
  row('secrecies.view', 'secrecies', 'what is kept secret', no, yes, no, { lead: yes, ...childSafety, ...official, auditor: yes }),
  row('secrecy.impose', { type: 'case', harm: scam }, 'a case', no, yes, no, { lead: yes }),
  row('secrecy.impose', { type: 'case', harm: csam }, 'a case of child abuse material', no, no, no, childSafety),
  row('clock.explain', 'clocks', 'a broken promise', no, no, no, { lead: yes, 'compliance-officer': yes }),
  row('second.invite', { type: 'case', harm: scam }, 'a case', no, yes, no, { lead: yes }),
  row('second.invite', { type: 'case', harm: csam }, 'a case of child abuse material', no, no, no, childSafety),
  row('second.withdraw', { type: 'invitation', invitedBy: somebody, harm: scam }, 'whom somebody else invited', no, yes, no, { lead: yes }),
  row('second.withdraw', { type: 'invitation', invitedBy: somebody, harm: csam }, 'the same, of child abuse', no, no, no, childSafety),
  row('second.withdraw', { type: 'invitation', invitedBy: me, harm: csam }, 'whom they invited before it was that', no, yes, no, {
    lead: yes,
    ...childSafety,
  }),
  row('break-glass.view', 'break-glass', 'who decides alone', no, yes, yes, {
    'policy-editor': yes,
    lead: yes,
    ...childSafety,
    'compliance-officer': yes,
    auditor: yes,
  }),
  row('break-glass.open', 'break-glass', 'deciding alone', no, yes, yes, { lead: yes, ...childSafety, 'policy-editor': yes }),
  row('break-glass.close', { type: 'glass', openedBy: me }, 'what they opened', no, yes, yes, {
    'policy-editor': yes,
    lead: yes,
    ...childSafety,
    'compliance-officer': yes,
  }),
  row('break-glass.close', { type: 'glass', openedBy: somebody }, 'what somebody else opened', no, no, no, { 'compliance-officer': yes }),
  row('calls.view', 'calls', 'the calls', no, no, yes, { lead: yes, ...childSafety, 'compliance-officer': yes, auditor: yes }),
  row('call.answer', { type: 'call', roles: ['lead'] }, 'a call to the leads', no, no, no, { lead: yes }),
  row('call.answer', { type: 'call', roles: ['lead', 'child-safety-reviewer'] }, 'one about a child', no, no, no, {
    lead: yes,
    ...childSafety,
  }),
  row('call.answer', { type: 'call', roles: ['administrator'] }, 'a call to whoever is there', no, no, yes),
  row('decision.undo', { type: 'held', heldBy: me }, 'what they decided a moment ago', yes, yes, no, { lead: yes, ...childSafety }),
  row('decision.undo', { type: 'held', heldBy: somebody }, 'what somebody else decided', no, no, no),
  row('decision.undo', { type: 'held', heldBy: null }, 'what somebody decided who was erased', no, no, no),
  row('enforcement.view', 'enforcement', 'what is not enforced', yes, yes, yes, all),
  row('delivery.replay', 'delivery', 'a webhook that did not arrive', no, yes, yes),
  row('counts.view', 'counts', 'the counts of people', yes, yes, yes, all),
  row('clocks.view', 'clocks', 'the clocks', yes, yes, yes, all),
  row('obligations.view', 'obligations', 'what the law asks', yes, yes, yes, all),
  row('flaggers.manage', 'flaggers', 'trusted flaggers', no, no, yes, { 'compliance-officer': yes }),
  row('flagger.settle', { type: 'accreditation', proposedBy: somebody }, 'whom somebody else wants accredited', no, no, yes, {
    'compliance-officer': yes,
  }),
  row('flagger.settle', { type: 'accreditation', proposedBy: me }, 'whom they want accredited', no, no, second, {
    'compliance-officer': second,
  }),
  row('flagger.withdraw', { type: 'accreditation', proposedBy: me }, 'whom they want accredited', no, no, yes, {
    'compliance-officer': yes,
  }),
  row('flagger.withdraw', { type: 'accreditation', proposedBy: somebody }, 'whom somebody else wants accredited', no, no, no),
  row('policy.view', 'policy', 'the guidelines and their drafts', yes, yes, yes, all),
  row('policy.write', 'policy', 'the guidelines and their drafts', no, yes, yes, { 'policy-editor': yes }),
  row('policy.publish', 'policy', 'the guidelines and their drafts', no, yes, yes, { 'policy-editor': yes }),
  row('policy.review', { type: 'draft', authors: [somebody] }, 'a draft of somebody else', no, yes, yes, { 'policy-editor': yes }),
  row('policy.review', { type: 'draft', authors: [somebody, me] }, 'a draft that they wrote at', no, second, second, {
    'policy-editor': second,
  }),
  row('rule.view', 'rules', 'the rules of screening', yes, yes, yes, all),
  row('rule.write', 'rules', 'the rules of screening', no, yes, yes, { 'policy-editor': yes }),
  row('policy.publish-alone', { type: 'draft', authors: [somebody, me] }, 'alone, guidelines they wrote', no, yes, yes, {
    'policy-editor': yes,
  }),
  row('policy.publish-alone', { type: 'draft', authors: [somebody] }, 'alone, what somebody else wrote', no, no, no),
  row('rule.publish-alone', { type: 'draft', authors: [somebody, me] }, 'alone, a rule of theirs', no, yes, yes, { 'policy-editor': yes }),
  row('rule.publish-alone', { type: 'draft', authors: [somebody] }, 'alone, a rule of somebody else', no, no, no),
  row('rule.publish', { type: 'draft', authors: [somebody] }, 'a rule of somebody else', no, yes, yes, { 'policy-editor': yes }),
  row('rule.publish', { type: 'draft', authors: [me] }, 'a rule that they wrote or proposed', no, second, second, {
    'policy-editor': second,
  }),
  row('csam.count', 'csam', 'that there are such cases', no, no, yes, {
    ...childSafety,
    lead: yes,
    'compliance-officer': yes,
    'safeguarding-officer': yes,
    auditor: yes,
  }),
  row('export.open', 'export', 'texts and media that leave the house', no, no, yes, { 'compliance-officer': yes }),
  row('staff.manage', 'staff', 'the staff', no, no, yes),
  row('staff.reset', { type: 'member', id: somebody }, 'the secrets of somebody else', no, no, yes),
  row('staff.reset', { type: 'member', id: me }, 'their own secrets', no, no, second),
  row('own.manage', 'own', 'how they log in themselves', yes, yes, yes, all),
  row('staff.set-roles', { type: 'member', id: somebody }, 'the roles of somebody else', no, no, yes),
  row('staff.set-roles', { type: 'member', id: me }, 'their own roles', no, no, second),
];

const combinations = Array.from({ length: 2 ** staffRoles.length }, (_, bits) => staffRoles.filter((_role, place) => bits & (1 << place)));
const as = (roles: readonly StaffRole[]): Member => ({ id: me, name: 'Somebody', roles, languages: ['ms'] });

/** Several roles are worth the best of them, but who is the first person stays the first person. */
function expected(roles: readonly StaffRole[], { answers }: Case): Expected {
  const each = roles.map((role) => answers[role] ?? no);
  if (each.includes('yes')) return 'yes';
  return each.includes('same-person') ? 'same-person' : 'forbidden';
}

const answered = (roles: readonly StaffRole[], one: Case): Expected => {
  const answer = may(as(roles), one.action, one.object as AccessObject<Action>);
  return answer.allowed ? 'yes' : (answer.code as Expected);
};

test('no role and no action stands outside the matrix', () => {
  expect(staffRoles).toHaveLength(12);
  expect([...new Set(expectations.map(({ action }) => action))].sort()).toEqual([...actions].sort());
});

test.each(staffRoles)('a %s may what the matrix says, and nothing else', (role) => {
  for (const one of expectations) {
    const wanted = expected([role], one);
    expect(answered([role], one), `${one.action} on ${one.says}`).toBe(wanted);
    const demanding = () => demand(as([role]), one.action, one.object as AccessObject<Action>);
    if (wanted === 'yes') expect(demanding).not.toThrow();
    else expect(demanding).toThrow(expect.objectContaining({ code: wanted }));
  }
});

test('of all 4,096 combinations of roles each may what the best of them may, and nothing else', () => {
  const wrong = combinations.flatMap((roles) =>
    expectations
      .filter((one) => answered(roles, one) !== expected(roles, one))
      .map((one) => `${roles.join(' and ') || 'nobody'}: ${one.action} on ${one.says}`),
  );
  expect(combinations).toHaveLength(4_096);
  expect(wrong).toEqual([]);
});

test('an auditor reads, and changes nothing but how they log in', () => {
  const may = actions.filter((action) => ruleOf(action).roles.includes('auditor'));
  expect(may.filter((action) => !/\.(view|count)$/.test(action))).toEqual(['own.manage']);
  expect(may).not.toContain('material.view');
});

test('child abuse material is seen by child-safety reviewers alone, who see nothing else by that role', () => {
  for (const role of staffRoles) {
    const own = role === 'child-safety-reviewer';
    expect(lanesOf(as([role]), 'case.view').csam, role).toBe(own);
    if (own) expect(lanesOf(as([role]), 'case.view').other).toBe(false);
  }
  expect(lanesOf(as(staffRoles.filter((role) => role !== 'child-safety-reviewer')), 'case.view')).toEqual({ csam: false, other: true });
  expect(lanesOf(as(['moderator', 'child-safety-reviewer']), 'case.claim')).toEqual({ csam: true, other: true });
});

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
    why: 'appeals.view needs the role senior-moderator or child-safety-reviewer or lead or auditor.',
  });
  expect(may(as(['senior-moderator']), 'appeal.decide', { type: 'appeal', decidedBy: me, harm: scam })).toMatchObject({
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
