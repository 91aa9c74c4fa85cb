import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import * as cases from '../../cases/index.ts';
import * as decisions from '../../decisions/index.ts';
import * as enforcement from '../../enforcement/index.ts';
import * as notices from '../../notices/index.ts';
import * as policy from '../../policy/index.ts';
import { reveal } from '../../records/index.ts';
import type { Member } from '../../staff/index.ts';
import { clauseTold, decideAppeal, receiveInstruction } from './index.ts';
import { lockCase } from './lock.ts';
import { cellOf, type Outcome, outcomes, outcomeTable, type Side } from './outcomes.ts';
import { sweep } from './promises.ts';
import { sanction } from './sanction.ts';
import { hide } from './withhold.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let moderator: Member;
let senior: Member;
let officer: Member;
beforeAll(async () => {
  house = await testHouse();
  now = play(house);
  [moderator, senior] = [await enrolled(house, 'moderator'), await enrolled(house, 'senior-moderator')];
  officer = await enrolled(house, 'compliance-officer');
});
afterAll(() => house.close());

const clause = 'bullying.harassment';
const milder = 'bullying.stalking';
const settle = async () => {
  await house.settle();
  await now.deliver();
};

/** How a matter comes to an outcome: what leads up to it, and the act whose consequences the table names. */
interface Scene {
  readonly outcome: Outcome;
  /** On which side the person stands whose appeal led to it. */
  readonly appealed?: Side;
  readonly before: (matter: Matter) => Promise<void>;
  readonly act: (matter: Matter) => Promise<unknown>;
}
interface Matter {
  readonly item: string;
  readonly case: string;
  decision?: string;
}

const nothing = async () => undefined;
const judge = (determination: policy.FinalDetermination) => async (matter: Matter) => {
  const clauseOf = determination === 'none' ? null : clause;
  matter.decision = (await now.judge(moderator, { case: matter.case, determination, clause: clauseOf })).id;
  await now.obey();
};
const hidden = async ({ case: id }: Matter) => {
  await hide(house, moderator, { case: id, clause });
  await now.obey();
};
/** The appeal of that side against the decision, and what another person makes of it. */
interface Ruled {
  /** Right in part: under a milder clause, or as far as `more` says. */
  readonly partly?: boolean;
  readonly more?: { readonly territory?: 'MY'; readonly days?: number };
}
const ruled =
  (side: Side, determination: policy.FinalDetermination | policy.AccountMeasure | null, { partly = false, more = {} }: Ruled = {}) =>
  async (matter: Matter) => {
    const by = side === 'author' ? `${matter.item}-author` : `${matter.item}-reporter`;
    const { appeal } = await now.appeal(matter.decision as string, by, side);
    await house.settle();
    return async () =>
      decideAppeal(
        house,
        senior,
        determination === null
          ? { appeal, outcome: 'upheld', reason: 'Keputusan itu betul.' }
          : {
              appeal,
              outcome: partly ? 'partly' : 'overturned',
              determination,
              clause: determination === 'none' ? null : partly ? milder : clause,
              reason: 'Disemak semula.',
              ...more,
            },
      );
  };
/** An appeal is part of what leads up to the ruling. */
function appealScene(
  outcome: Outcome,
  side: Side,
  first: policy.FinalDetermination,
  then: policy.FinalDetermination | null,
  { newer = false, ...how }: Ruled & { readonly newer?: boolean } = {},
): Scene {
  const rulings = new Map<string, () => Promise<unknown>>();
  return {
    outcome,
    appealed: side,
    before: async (matter) => {
      await judge(first)(matter);
      rulings.set(matter.item, await ruled(side, then, how)(matter));
      if (newer) await removedSince(matter);
    },
    act: (matter) => (rulings.get(matter.item) as () => Promise<unknown>)(),
  };
}
/** What is done to the author's account in consequence of the decision on the item. */
const onAccount = (measure: policy.AccountMeasure) => async (matter: Matter) => {
  await house.db.begin('doors', async (tx) => {
    const follows = (await decisions.decision(tx, matter.decision as string)) as decisions.Decision;
    const account = await sanction(house, tx, {
      case: await lockCase(tx, matter.case),
      account: now.ours(`${matter.item}-author`),
      follows,
      measure,
      clause: policy.shippedPolicy.clauses.find(({ id }) => id === clause) as policy.Clause,
      reason: 'Sebab.',
      by: moderator.id,
      supersedes: null,
    });
    matter.decision = account.id;
  });
};
const measured = async (matter: Matter) => {
  await judge('label')(matter);
  await onAccount('restrict-account')(matter);
  await now.obey();
};
/** The measure is contested, and a milder one takes its place. */
function milderMeasure(outcome: Outcome, measure: policy.AccountMeasure, instead: policy.AccountMeasure): Scene {
  let ruling: () => Promise<unknown>;
  return {
    outcome,
    appealed: 'author',
    before: async (matter) => {
      await judge('label')(matter);
      await onAccount(measure)(matter);
      await now.obey();
      await settle();
      ruling = await ruled('author', instead, { partly: true })(matter);
    },
    act: () => ruling(),
  };
}
function reinstatement(): Scene {
  let ruling: () => Promise<unknown>;
  return {
    outcome: 'account-reinstated',
    appealed: 'author',
    before: async (matter) => {
      await measured(matter);
      await settle();
      ruling = await ruled('author', 'none')(matter);
    },
    act: () => ruling(),
  };
}
/** What leaves an item there, with less: by the outcome that each is. */
const lessening = [
  ['disabled', 'disable'],
  ['limited', 'limit'],
  ['age-gated', 'age-gate'],
  ['delisted', 'delist'],
  ['demoted', 'demote'],
  ['not-recommended', 'stop-recommending'],
  ['interrupted', 'interrupt'],
] as const;
/** A kind of item that this fits. */
const kindFor = (outcome: Outcome) => (outcome.endsWith('interrupted') ? 'live' : outcome.endsWith('disabled') ? 'group' : 'post');
/** The regulator's word about the item. */
const instructed = (kind: 'remove' | 'restore') => async (matter: Matter) => {
  await receiveInstruction(house, officer, {
    service: 'warung',
    kind,
    reference: `MCMC/${matter.item}`,
    due: new Date(house.clock.now().getTime() + hour),
    item: { kind: 'post', id: matter.item },
  });
  await now.obey();
};
/** A newer case on the same item, in which it was removed. */
async function removedSince({ item }: Matter): Promise<void> {
  const { case: of } = await now.report(post(item, { author: `${item}-author`, revision: '2', text: 'Lebih teruk.' }), { by: 'somebody' });
  await now.judge(moderator, { case: of, determination: 'remove', clause });
  await now.obey();
}
/** Both sides appeal against a label; the other side's appeal is decided first, and takes it away. */
function replacedScene(side: Side): Scene {
  const appeals = new Map<string, string>();
  return {
    outcome: 'replaced',
    appealed: side,
    before: async (matter) => {
      await judge('label')(matter);
      const by = (of: Side) => `${matter.item}-${of}`;
      const other = side === 'author' ? 'reporter' : 'author';
      const [first, second] = [
        await now.appeal(matter.decision as string, by(other), other),
        await now.appeal(matter.decision as string, by(side), side),
      ];
      const determination = 'remove';
      await decideAppeal(house, senior, { appeal: first.appeal, outcome: 'overturned', determination, clause, reason: 'Disemak semula.' });
      await now.obey();
      appeals.set(matter.item, second.appeal);
    },
    act: ({ item }) =>
      decideAppeal(house, senior, { appeal: appeals.get(item) as string, outcome: 'replaced', reason: 'Yang baharu betul.' }),
  };
}
const lapse = async () => {
  house.clock.advance(24 * hour + 1_000);
  await sweep(house);
};

const scenes: readonly Scene[] = [
  { outcome: 'hidden', before: nothing, act: ({ case: id }) => hide(house, moderator, { case: id, clause }) },
  { outcome: 'removed', before: hidden, act: judge('remove') },
  { outcome: 'labelled', before: nothing, act: judge('label') },
  { outcome: 'cleared', before: nothing, act: judge('none') },
  { outcome: 'restored', before: hidden, act: judge('none') },
  { outcome: 'lapsed-restored', before: hidden, act: lapse },
  { outcome: 'lapsed-kept', before: hidden, act: lapse },
  appealScene('reversed-restored', 'author', 'remove', 'none'),
  appealScene('reversed-restored', 'reporter', 'label', 'none'),
  appealScene('reversed-removed', 'author', 'label', 'remove'),
  appealScene('reversed-removed', 'reporter', 'none', 'remove'),
  appealScene('reversed-labelled', 'author', 'remove', 'label'),
  appealScene('reversed-labelled', 'reporter', 'none', 'label'),
  ...lessening.flatMap(([outcome, determination]): Scene[] => [
    { outcome, before: nothing, act: judge(determination) },
    appealScene(`reversed-${outcome}`, 'author', 'remove', determination),
    appealScene(`reversed-${outcome}`, 'reporter', 'none', determination),
    appealScene(`partly-${outcome}`, 'author', 'remove', determination, { partly: true }),
    appealScene(`partly-${outcome}`, 'reporter', 'none', determination, { partly: true }),
  ]),
  {
    outcome: 'ended',
    before: async (matter) => {
      await now.judge(moderator, { case: matter.case, determination: 'limit', clause, days: 2 });
      await now.obey();
    },
    act: async () => {
      house.clock.advance(2 * 24 * hour);
      await sweep(house);
    },
  },
  { outcome: 'account-warned', before: judge('label'), act: onAccount('warn') },
  { outcome: 'account-reprimanded', before: judge('label'), act: onAccount('reprimand') },
  { outcome: 'account-restricted', before: judge('label'), act: onAccount('restrict-account') },
  { outcome: 'account-suspended', before: judge('label'), act: onAccount('suspend-account') },
  { outcome: 'account-terminated', before: judge('label'), act: onAccount('terminate-account') },
  milderMeasure('account-warned', 'restrict-account', 'warn'),
  milderMeasure('account-reprimanded', 'suspend-account', 'reprimand'),
  milderMeasure('account-restricted', 'suspend-account', 'restrict-account'),
  milderMeasure('account-suspended', 'terminate-account', 'suspend-account'),
  {
    outcome: 'account-ended',
    before: measured,
    act: async () => {
      house.clock.advance(7 * 24 * hour);
      await sweep(house);
    },
  },
  reinstatement(),
  appealScene('partly-labelled', 'author', 'remove', 'label', { partly: true }),
  appealScene('partly-labelled', 'reporter', 'none', 'label', { partly: true }),
  appealScene('partly-removed', 'author', 'remove', 'remove', { partly: true, more: { territory: 'MY' } }),
  appealScene('partly-kept', 'author', 'remove', 'remove', { partly: true }),
  appealScene('overtaken', 'author', 'label', 'none', { newer: true }),
  appealScene('overtaken', 'reporter', 'label', 'none', { newer: true }),
  { outcome: 'instructed-removed', before: nothing, act: instructed('remove') },
  { outcome: 'instructed-restored', before: judge('remove'), act: instructed('restore') },
  replacedScene('author'),
  replacedScene('reporter'),
  {
    outcome: 'moot',
    before: async ({ case: id }) => {
      await now.judge(moderator, { case: id, determination: 'remove', clause });
    },
    act: async ({ case: id }) => {
      for (const action of await now.waiting()) if (action.case === id) await now.says(action, 'gone');
    },
  },
  appealScene('upheld', 'author', 'remove', null),
  appealScene('upheld', 'reporter', 'none', null),
  {
    outcome: 'already-decided',
    before: judge('remove'),
    act: ({ item }) => now.report(post(item, { author: `${item}-author` }), { by: `${item}-late`, language: 'ta' }),
  },
];

test('no cell of the table is empty, and each names a text that exists, or says why nobody is told', () => {
  for (const outcome of outcomes) {
    const row = outcomeTable[outcome];
    for (const cell of [row.author, row.reporter, row.appellant.author, row.appellant.reporter]) {
      if ('nothing' in cell) expect(cell.nothing.length).toBeGreaterThan(5);
      else expect(notices.templates).toContain(cell.tell);
    }
  }
});

test('whoever appealed may appeal again exactly where their side may', () => {
  for (const { appellant, ...row } of outcomes.map((outcome) => outcomeTable[outcome]))
    for (const side of ['author', 'reporter'] as const) {
      const [theirs, sides] = [appellant[side], row[side]];
      if ('tell' in theirs && 'tell' in sides) expect(theirs.appeal).toBe(sides.appeal);
    }
});

test('every outcome, and every side from which an appeal leads to it, has its scene here', () => {
  const cells = outcomes.flatMap((outcome) => {
    const sides = (['author', 'reporter'] as const).filter((side) => 'tell' in outcomeTable[outcome].appellant[side]);
    // A measure on an account is taken first, and may take the place of a graver one in appeal.
    const first = sides.length === 0 || (outcome.startsWith('account-') && outcome !== 'account-reinstated');
    return [...(first ? [outcome] : []), ...sides.map((side) => `${outcome} ${side}`)];
  });
  expect(scenes.map(({ outcome, appealed }) => (appealed ? `${outcome} ${appealed}` : outcome)).sort()).toEqual(cells.sort());
});

for (const { outcome, appealed, before, act } of scenes) {
  test(`${outcome}${appealed ? ` after an appeal of the ${appealed}` : ''} is enforced, told and open to appeal as its row says`, async () => {
    const item = `${outcome}-${appealed ?? 'nobody'}`;
    const of = post(item, { kind: kindFor(outcome), author: `${item}-author` });
    const harm = outcome === 'lapsed-kept' ? 'scam' : 'bullying-hate';
    const report = await now.report(of, { by: `${item}-reporter`, language: 'ta', harm });
    await now.report(of, { reporter: { contact: {} }, language: 'zh', harm });
    const matter: Matter = { item, case: report.case };
    await settle();
    await before(matter);
    await settle();
    const [known, earlier] = [await written(matter.case), await asked(matter.case)];
    await act(matter);
    const measures = (await asked(matter.case)).slice(earlier.length);
    await settle();

    const row = outcomeTable[outcome];
    expect(measures).toEqual(row.measure === null ? [] : [row.measure]);
    const told = (await written(matter.case)).filter(({ id }) => !known.some((one) => one.id === id));
    expect(told.map(({ saying }) => saying).sort()).toEqual(expectedOf(outcome, appealed, item).sort());
    for (const { text, appealBy, inquireBy, template } of told) {
      expect(text).not.toMatch(/[{}]|undefined/);
      const cells = [row.author, row.reporter, row.appellant.author, row.appellant.reporter];
      const cell = cells.find((one) => 'tell' in one && one.tell === template);
      expect(appealBy).toBe(cell !== undefined && 'tell' in cell && cell.appeal);
      expect(inquireBy).toBe(cell !== undefined && 'tell' in cell && cell.inquire);
    }
    await now.obey();
    await settle();
    await expectAppeals(outcome, matter);
  });
}

async function standingOnAccount(caseId: string): Promise<string | undefined> {
  const made = await house.db.begin('doors', (tx) => decisions.decisionsOf(tx, caseId));
  return made.find(({ targetKind, supersededBy }) => targetKind === 'account' && supersededBy === null)?.id;
}

/** Who is told which text in which language, as the row says. */
function expectedOf(outcome: Outcome, appealed: Side | undefined, item: string): string[] {
  const row = outcomeTable[outcome];
  const answered = outcome === 'upheld' || outcome === 'replaced';
  const as = (side: Side) => (answered ? 'appellant' : side);
  const author = cellOf(row, 'author', appealed === 'author');
  const reporter = cellOf(row, 'reporter', appealed === 'reporter');
  const late = outcome === 'already-decided';
  return [
    ...('tell' in author ? [`${as('author')} ${now.ours(`${item}-author`)} ${author.tell} ms`] : []),
    // An appeal is received in the language it came in.
    ...('tell' in reporter
      ? [`${as('reporter')} ${now.ours(`${item}-${late ? 'late' : 'reporter'}`)} ${reporter.tell} ${answered ? 'ms' : 'ta'}`]
      : []),
    ...('tell' in row.reporter && !late ? [`reporter contact ${row.reporter.tell} zh`] : []),
  ];
}

/** What the platform was asked for in a case, in the order it was asked. */
async function asked(caseId: string): Promise<string[]> {
  return house.db.begin('doors', async (tx) => {
    const made = await decisions.decisionsOf(tx, caseId);
    return (await Promise.all(made.map(({ id }) => enforcement.actionsOf(tx, id)))).flat().map((action) => action.do);
  });
}

async function written(caseId: string) {
  return house.db.begin('doors', async (tx) => {
    const all = await notices.noticesOf(tx, caseId);
    return Promise.all(
      all.map(async ({ id, role, to, template, language, record, decision }) => {
        const values = (await reveal(house, tx, 'notice.written', record))?.values ?? {};
        const { title, body } = notices.render(template, language, values, await clauseTold(tx, decision, values['clause']));
        const who = language === 'zh' ? 'contact' : to;
        return {
          id,
          template,
          saying: `${role} ${who} ${template} ${language}`,
          text: [title, ...body].join('\n'),
          appealBy: 'appeal_by' in values,
          inquireBy: 'inquire_by' in values,
        };
      }),
    );
  });
}

/** Each side tries to appeal against what stands now: it works where the row says so, and nowhere else. */
async function expectAppeals(outcome: Outcome, { case: id, item }: Matter): Promise<void> {
  const onItem = await house.db.begin('doors', async (tx) =>
    decisions.standingIn(tx, id, ((await cases.caseOf(tx, id)) as cases.Case).item),
  );
  const standing = outcome.startsWith('account-') ? { id: await standingOnAccount(id) } : onItem;
  for (const side of ['author', 'reporter'] as const) {
    const cell = outcomeTable[outcome][side];
    // Where the row is no decision of its own, the row of the decision that stands says who may appeal.
    const none = ['upheld', 'replaced', 'partly-removed', 'partly-kept', 'lapsed-kept', 'ended', 'account-ended'];
    if (none.includes(outcome) || (outcome === 'already-decided' && side === 'author')) continue;
    const by = side === 'author' ? `${item}-author` : `${item}-${outcome === 'already-decided' ? 'late' : 'reporter'}`;
    const attempt = now.appeal(standing?.id as string, by, side);
    if ('tell' in cell && cell.appeal) expect((await attempt).appeal).toBeTruthy();
    else await expect(attempt).rejects.toMatchObject({ code: 'appeal-not-open' });
  }
}
