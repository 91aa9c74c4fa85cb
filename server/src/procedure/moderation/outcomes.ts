import type { ActionName } from '../../enforcement/index.ts';

/** How a decision ends for the item, or the account, it is about. */
export type Outcome =
  | 'hidden'
  | 'removed'
  | 'labelled'
  | 'disabled'
  | 'limited'
  | 'age-gated'
  | 'delisted'
  | 'demoted'
  | 'not-recommended'
  | 'interrupted'
  | 'cleared'
  | 'ended'
  | 'restored'
  | 'lapsed-restored'
  | 'lapsed-kept'
  | 'reversed-restored'
  | 'reversed-removed'
  | 'reversed-labelled'
  | 'reversed-disabled'
  | 'reversed-limited'
  | 'reversed-age-gated'
  | 'reversed-delisted'
  | 'reversed-demoted'
  | 'reversed-not-recommended'
  | 'reversed-interrupted'
  | 'account-warned'
  | 'account-reprimanded'
  | 'account-restricted'
  | 'account-suspended'
  | 'account-terminated'
  | 'account-ended'
  | 'account-reinstated'
  | 'partly-removed'
  | 'partly-labelled'
  | 'partly-disabled'
  | 'partly-limited'
  | 'partly-age-gated'
  | 'partly-delisted'
  | 'partly-demoted'
  | 'partly-not-recommended'
  | 'partly-interrupted'
  | 'partly-kept'
  | 'overtaken'
  | 'instructed-removed'
  | 'instructed-restored'
  | 'moot'
  | 'upheld'
  | 'replaced'
  | 'already-decided';
export const outcomes = [
  'hidden',
  'removed',
  'labelled',
  'disabled',
  'limited',
  'age-gated',
  'delisted',
  'demoted',
  'not-recommended',
  'interrupted',
  'cleared',
  'ended',
  'restored',
  'lapsed-restored',
  'lapsed-kept',
  'reversed-restored',
  'reversed-removed',
  'reversed-labelled',
  'reversed-disabled',
  'reversed-limited',
  'reversed-age-gated',
  'reversed-delisted',
  'reversed-demoted',
  'reversed-not-recommended',
  'reversed-interrupted',
  'account-warned',
  'account-reprimanded',
  'account-restricted',
  'account-suspended',
  'account-terminated',
  'account-ended',
  'account-reinstated',
  'partly-removed',
  'partly-labelled',
  'partly-disabled',
  'partly-limited',
  'partly-age-gated',
  'partly-delisted',
  'partly-demoted',
  'partly-not-recommended',
  'partly-interrupted',
  'partly-kept',
  'overtaken',
  'instructed-removed',
  'instructed-restored',
  'moot',
  'upheld',
  'replaced',
  'already-decided',
] as const satisfies readonly Outcome[];

/** Whose content it is, and who reported it: each may be the one who appealed. */
export type Side = 'author' | 'reporter';

/** What one side gets: a text, and whether it may appeal or inquire; or nothing, and why. */
export type Cell = Told | { readonly nothing: string };

export interface Told {
  readonly tell: string;
  readonly appeal: boolean;
  /** May ask why, within 15 days (Act 866 ss.21–23, 26): wherever something was done, or a report led to nothing. */
  readonly inquire: boolean;
  /** The outcome that this answers a report with. */
  readonly answer: Answer | null;
  /** Not when it is decided, but when the platform has acknowledged it. */
  readonly afterwards: boolean;
  /** It says where the matter stands: the first mark of the answer clock. */
  readonly status: boolean;
}

export type Answer = 'actioned' | 'no-violation' | 'already-decided';

export interface Row {
  /** What is asked of the platform, where it does not show that already. */
  readonly measure: ActionName | null;
  readonly author: Cell;
  readonly reporter: Cell;
  /** What whoever appealed is told in place of their side's cell. They may appeal again exactly where their side may. */
  readonly appellant: Readonly<Record<Side, Cell>>;
}

/** The cell for one person: of their side, or, where their appeal led to it, of the appellant on that side. */
export function cellOf(row: Row, side: Side, appealed: boolean): Cell {
  return appealed ? row.appellant[side] : row[side];
}

const told = (
  tell: string,
  {
    appeal = false,
    inquire = appeal,
    answer = null,
    status = false,
    afterwards = false,
  }: { appeal?: boolean; inquire?: boolean; answer?: Answer | null; status?: boolean; afterwards?: boolean } = {},
): Told => ({ tell, appeal, inquire, answer, status, afterwards });
const nothing = (why: string): Cell => ({ nothing: why });
const nobody = nothing('nobody has appealed');
const nobodyAppealed = { author: nobody, reporter: nobody };
const theirs = nothing('what follows for an account is between its holder and us');
/** In appeal it takes the place of something graver. */
const milder = { author: told('appeal.partly.account', { appeal: true }), reporter: nobody };
const onAccount = (measure: ActionName, tell: string, appellant: Row['appellant'] = milder): Row => ({
  measure,
  author: told(tell, { appeal: true }),
  reporter: theirs,
  appellant,
});

/** Still there, with less: what exactly is said by the word for the outcome. */
const lessened = (measure: ActionName): Row => ({
  measure,
  author: told('author.lessened', { appeal: true }),
  reporter: told('report.lessened', { appeal: true, answer: 'actioned' }),
  appellant: nobodyAppealed,
});
const lessenedAgain = (measure: ActionName): Row => {
  const [author, reporter] = [told('author.lessened', { appeal: true }), told('report.lessened', { inquire: true, answer: 'actioned' })];
  return { measure, author, reporter, appellant: { author, reporter } };
};

/** Something between what was decided first and what the appellant asked for. */
const partly = (measure: ActionName, author = 'author.lessened', reporter = 'report.lessened'): Row => ({
  measure,
  author: told(author, { appeal: true }),
  reporter: told(reporter, { inquire: true, answer: 'actioned' }),
  appellant: {
    author: told('appeal.partly.author', { appeal: true }),
    reporter: told('appeal.partly.reporter', { inquire: true, answer: 'actioned' }),
  },
});

/**
 * Outcome × who asked: what is enforced, who is told what, who may appeal. The worst appeal bugs of other systems sit in empty cells of
 * this table, so there are none: where nobody is told, the reason stands.
 */
export const outcomeTable: Readonly<Record<Outcome, Row>> = {
  hidden: {
    measure: 'make-inaccessible',
    author: told('author.hidden', { inquire: true }),
    reporter: told('report.hidden', { status: true }),
    appellant: nobodyAppealed,
  },
  removed: {
    measure: 'remove',
    author: told('author.removed', { appeal: true }),
    reporter: told('report.removed', { appeal: true, answer: 'actioned' }),
    appellant: nobodyAppealed,
  },
  labelled: {
    measure: 'label',
    author: told('author.labelled', { appeal: true }),
    reporter: told('report.labelled', { appeal: true, answer: 'actioned' }),
    appellant: nobodyAppealed,
  },
  disabled: lessened('disable'),
  limited: lessened('limit'),
  'age-gated': lessened('age-gate'),
  delisted: lessened('delist'),
  demoted: lessened('demote'),
  'not-recommended': lessened('stop-recommending'),
  interrupted: lessened('interrupt'),
  ended: {
    measure: 'restore',
    author: told('author.ended'),
    reporter: nothing('they were told until when it was'),
    appellant: nobodyAppealed,
  },
  cleared: {
    measure: null,
    author: nothing('nothing was done to them and they were told of nothing'),
    reporter: told('report.no-violation', { appeal: true, answer: 'no-violation' }),
    appellant: nobodyAppealed,
  },
  restored: {
    measure: 'restore',
    author: told('author.restored'),
    reporter: told('report.no-violation', { appeal: true, answer: 'no-violation' }),
    appellant: nobodyAppealed,
  },
  'lapsed-restored': {
    measure: 'restore',
    author: told('author.restored'),
    reporter: nothing('the determination is still owed to them'),
    appellant: nobodyAppealed,
  },
  'lapsed-kept': {
    measure: null,
    author: nothing('nothing has changed: still hidden, still being decided'),
    reporter: nothing('the determination is still owed to them'),
    appellant: nobodyAppealed,
  },
  'reversed-restored': {
    measure: 'restore',
    author: told('author.restored'),
    reporter: told('appeal.other.restored', { inquire: true, answer: 'no-violation' }),
    appellant: {
      author: told('appeal.overturned.restored'),
      reporter: told('appeal.other.restored', { inquire: true, answer: 'no-violation' }),
    },
  },
  'reversed-removed': {
    measure: 'remove',
    author: told('appeal.other.removed', { appeal: true }),
    reporter: told('report.removed', { inquire: true, answer: 'actioned' }),
    appellant: {
      author: told('appeal.other.removed', { appeal: true }),
      reporter: told('appeal.overturned.removed', { inquire: true, answer: 'actioned' }),
    },
  },
  'reversed-labelled': {
    measure: 'label',
    author: told('author.labelled', { appeal: true }),
    reporter: told('report.labelled', { inquire: true, answer: 'actioned' }),
    appellant: {
      author: told('author.labelled', { appeal: true }),
      reporter: told('report.labelled', { inquire: true, answer: 'actioned' }),
    },
  },
  // Removed still, but in fewer places.
  'partly-removed': {
    measure: 'remove',
    author: nothing('only their own appeal leads here'),
    reporter: told('report.removed', { inquire: true, answer: 'actioned' }),
    appellant: { author: told('appeal.partly.author', { appeal: true }), reporter: nothing('a removal is all that a reporter asks for') },
  },
  'partly-labelled': partly('label', 'author.labelled', 'report.labelled'),
  'partly-disabled': partly('disable'),
  'partly-limited': partly('limit'),
  'partly-age-gated': partly('age-gate'),
  'partly-delisted': partly('delist'),
  'partly-demoted': partly('demote'),
  'partly-not-recommended': partly('stop-recommending'),
  'partly-interrupted': partly('interrupt'),
  // The platform shows what it showed: under another clause, or for less time.
  'partly-kept': {
    measure: null,
    author: nothing('only their own appeal leads here'),
    reporter: nothing('what was done stays, as they were told'),
    appellant: { author: told('appeal.partly.kept', { appeal: true }), reporter: nothing('nobody reports for a milder clause') },
  },
  // The decision changed in appeal, but a newer case has asked for something else since, and that is what others see.
  overtaken: {
    measure: null,
    author: told('appeal.overtaken'),
    reporter: told('appeal.overtaken'),
    appellant: { author: told('appeal.overtaken'), reporter: told('appeal.overtaken') },
  },
  'reversed-disabled': lessenedAgain('disable'),
  'reversed-limited': lessenedAgain('limit'),
  'reversed-age-gated': lessenedAgain('age-gate'),
  'reversed-delisted': lessenedAgain('delist'),
  'reversed-demoted': lessenedAgain('demote'),
  'reversed-not-recommended': lessenedAgain('stop-recommending'),
  'reversed-interrupted': lessenedAgain('interrupt'),
  'account-warned': onAccount('warn', 'account.warned'),
  'account-reprimanded': onAccount('reprimand', 'account.reprimanded'),
  'account-restricted': onAccount('restrict-account', 'account.restricted'),
  'account-suspended': onAccount('suspend-account', 'account.suspended'),
  'account-terminated': onAccount('terminate-account', 'account.terminated', nobodyAppealed),
  'account-ended': { measure: 'reinstate-account', author: told('account.ended'), reporter: theirs, appellant: nobodyAppealed },
  'account-reinstated': {
    measure: 'reinstate-account',
    author: told('account.reinstated'),
    reporter: theirs,
    appellant: { author: told('account.reinstated'), reporter: nobody },
  },
  // The regulator's word (Act 866 ss.25, 27): only the regulator's own word undoes it, and the notice says so.
  'instructed-removed': {
    measure: 'remove',
    author: told('author.instructed.removed', { afterwards: true }),
    reporter: told('report.instructed.removed', { answer: 'actioned' }),
    appellant: nobodyAppealed,
  },
  'instructed-restored': {
    measure: 'restore',
    author: told('author.instructed.restored', { afterwards: true }),
    reporter: told('report.instructed.restored', { answer: 'no-violation' }),
    appellant: nobodyAppealed,
  },
  // The item, or its author, was gone before the platform could do what was decided.
  moot: {
    measure: null,
    author: told('author.gone', { appeal: true }),
    reporter: told('report.gone', { appeal: true }),
    appellant: nobodyAppealed,
  },
  upheld: {
    measure: null,
    author: nothing('the decision they know of stands'),
    reporter: nothing('the decision they know of stands'),
    appellant: { author: told('appeal.upheld'), reporter: told('appeal.upheld') },
  },
  replaced: {
    measure: null,
    author: nothing('the decision that took its place was told to them when it was made'),
    reporter: nothing('the decision that took its place was told to them when it was made'),
    appellant: { author: told('appeal.replaced'), reporter: told('appeal.replaced') },
  },
  'already-decided': {
    measure: null,
    author: nothing('the decision was told to them when it was made'),
    reporter: told('report.already-decided', { appeal: true, answer: 'already-decided' }),
    appellant: nobodyAppealed,
  },
};

/** What a side is told in place of its cell where there was nothing left to carry out; it answers what the cell would have answered. */
export function asMoot(cell: Cell, side: Side): Cell {
  const gone = outcomeTable.moot[side];
  return 'tell' in cell && 'tell' in gone ? { ...cell, tell: gone.tell } : cell;
}

const accountOutcomes: Readonly<Record<string, Outcome>> = {
  warn: 'account-warned',
  reprimand: 'account-reprimanded',
  'restrict-account': 'account-restricted',
  'suspend-account': 'account-suspended',
  'terminate-account': 'account-terminated',
};

const lessening: Readonly<Record<string, Outcome>> = {
  disable: 'disabled',
  limit: 'limited',
  'age-gate': 'age-gated',
  delist: 'delisted',
  demote: 'demoted',
  'stop-recommending': 'not-recommended',
  interrupt: 'interrupted',
};

/** What of a decision's surroundings its row depends on. */
export interface Surroundings {
  /** It asked something of the platform. */
  readonly measured: boolean;
  /** The appeal that led to it was right in part. */
  readonly partly?: boolean;
  /** It was made in appeal, and a newer case had asked something else of the same target already. */
  readonly overtaken?: boolean;
  /** The regulator asked for it. */
  readonly instructed?: boolean;
}

/** Which row a decision is. */
export function outcomeOf(
  decision: { readonly stage: string; readonly determination: string; readonly appeal: string | null; readonly targetKind: string },
  { measured, partly = false, overtaken = false, instructed = false }: Surroundings,
): Outcome {
  if (decision.targetKind === 'account') return accountOutcomes[decision.determination] ?? 'account-reinstated';
  if (decision.stage === 'temporary') return decision.determination === 'restore' ? 'lapsed-restored' : 'hidden';
  if (instructed) return decision.determination === 'none' ? 'instructed-restored' : 'instructed-removed';
  const reversed = decision.appeal !== null;
  if (reversed && overtaken) return 'overtaken';
  if (reversed && partly && !measured) return 'partly-kept';
  const way = !reversed ? '' : partly ? 'partly-' : 'reversed-';
  const lessened = lessening[decision.determination];
  if (lessened !== undefined) return `${way}${lessened}` as Outcome;
  switch (decision.determination) {
    case 'remove':
      return `${way}removed`;
    case 'label':
      return `${way}labelled`;
    default:
      return reversed ? 'reversed-restored' : measured ? 'restored' : 'cleared';
  }
}
