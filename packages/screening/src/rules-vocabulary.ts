import type { Signal } from './verdict.ts';
import { harms } from './verdict.ts';

/** A name that a rule may use behind `item.`, `account.` or a signal's name. */
export interface Field<T extends 'int' | 'string' | 'bool' = 'int' | 'string' | 'bool'> {
  readonly type: T;
  /** What it tells, for whoever writes a rule. */
  readonly about: string;
  /** All values there are: a comparison with any other is refused, since it would never hold. */
  readonly values?: readonly string[];
}

const int = (about: string): Field<'int'> => ({ type: 'int', about });
const bool = (about: string): Field<'bool'> => ({ type: 'bool', about });
const string = (about: string, values?: readonly string[]): Field<'string'> => ({ type: 'string', about, ...(values ? { values } : {}) });

const levels = ['low', 'medium', 'high'];

/**
 * All that a rule can ask. A new name is a row here and nowhere else: types, checks, messages and the engine's input follow.
 * The text itself is not among it: words belong into the lists, which see through disguises and whose hits stand among `signals`.
 */
export const vocabulary = {
  item: {
    kind: string('What it is', ['post', 'comment', 'message', 'profile']),
    surface: string('The surface of the service it stands on'),
    private: string('Whether that surface is private', ['yes', 'no', 'grey']),
    recipients: int('How many people it is addressed to'),
    language: string('As the engine read it', ['ms', 'en', 'zh', 'ta', 'mixed', 'unknown']),
    text_length: int('UTF-16 units; 0 without a text'),
    links: int('Links in the text, defanged ones too'),
    media: int('Pictures, videos and other files'),
  },
  account: {
    age_days: int('Whole days since the account was opened'),
    strikes: int('Violations that stand'),
    reports_24h: int('Reports about the account in the last 24 hours'),
    posts_1h: int('Items of the account in the last hour'),
    recipients_1h: int('Different people the account wrote to in the last hour'),
    followers: int('Accounts that follow it'),
    verified: bool('Whether the service knows who it is'),
  },
  signal: {
    detector: string('Who found it: score, lexicon, links, features, or bank:NAME'),
    harm: string('One of the seven', harms),
    clause: string('The clause of the policy'),
    term: string('The id of the entry that hit; empty where there is none'),
    level: string('Under the thresholds in force', levels),
    score: int('Millionths, 0 to 1,000,000'),
  },
} as const satisfies Record<string, Record<string, Field>>;

type Values<F> = { [N in keyof F]?: F[N] extends Field<'int'> ? number : F[N] extends Field<'bool'> ? boolean : string };

/** What the platform knows of an account. What it does not hand in is missing to a rule, never zero. */
export type AccountFeatures = Values<typeof vocabulary.account>;
/** What the platform knows of an item beside its text and files; the engine finds out the rest by itself. */
export type ItemFeatures = Pick<Values<typeof vocabulary.item>, 'kind' | 'surface' | 'recipients' | 'media'>;

/** An item with all that rules may ask about it. */
export interface Facts {
  readonly item: Values<typeof vocabulary.item>;
  readonly account: AccountFeatures;
  readonly signals: readonly Signal[];
}
