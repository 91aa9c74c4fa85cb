import type { TInteger, TOptional, TSchema, TString } from 'typebox';
import { Type } from 'typebox';
import { Problem } from './problems.ts';
import { orNull } from './schemas.ts';

/** What a cursor is made of: the sort key of the last row, in the order of its index. */
export type CursorKind = 'time' | 'uuid' | 'integer' | 'text';
type CursorValue<Kind> = Kind extends 'time' ? Date : Kind extends 'integer' ? number : string;
type CursorValues<Kinds extends readonly CursorKind[]> = { -readonly [Index in keyof Kinds]: CursorValue<Kinds[Index]> };

const defaultLimit = 50;
const maxLimit = 200;

/** Query parameters of every list: spread them into the route's querystring schema. */
export const pageQuery: { after: TOptional<TString>; limit: TOptional<TInteger> } = {
  after: Type.Optional(Type.String({ maxLength: 512, description: '`next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxLimit, default: defaultLimit })),
};

/** The answer of every list. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: orNull(Type.String({ description: 'Send it as `after` for the next page; null on the last one' })),
  });
}

/**
 * Cursors of one list: `cursors('time', 'uuid')` for `order by opened_at, id`. A cursor says where to go on and nothing else: each query
 * asks for the caller's service anyway, so it is not signed, but only what we could have written is taken.
 */
export function cursors<const Kinds extends readonly CursorKind[]>(...kinds: Kinds) {
  return {
    /** Opaque, for the query string as it is. */
    write(values: CursorValues<Kinds>): string {
      const plain = (values as unknown[]).map((value) => (value instanceof Date ? value.toISOString() : value));
      return Buffer.from(JSON.stringify(plain)).toString('base64url');
    },
    /** Undefined for no cursor. @throws Problem `cursor-wrong` */
    read(cursor: string | undefined): CursorValues<Kinds> | undefined {
      if (cursor === undefined) return undefined;
      const values = decoded(cursor);
      if (!Array.isArray(values) || values.length !== kinds.length) throw new Problem('cursor-wrong');
      return kinds.map((kind, index) => readers[kind](values[index])) as CursorValues<Kinds>;
    },
    /**
     * The page from `limit + 1` rows: the one too many only says that there is more.
     */
    page<Row>(
      rows: readonly Row[],
      limit: number | undefined,
      keyOf: (row: Row) => CursorValues<Kinds>,
    ): { items: Row[]; next: string | null } {
      const size = limit ?? defaultLimit;
      const items = rows.slice(0, size);
      const last = items.at(-1);
      return { items, next: rows.length > size && last !== undefined ? this.write(keyOf(last)) : null };
    },
  };
}

function decoded(cursor: string): unknown {
  const bytes = Buffer.from(cursor, 'base64url');
  if (cursor.length > 512 || bytes.toString('base64url') !== cursor) throw new Problem('cursor-wrong');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new Problem('cursor-wrong', undefined, { cause });
  }
}

const readers: Readonly<Record<CursorKind, (value: unknown) => Date | string | number>> = {
  time(value) {
    const date = new Date(typeof value === 'string' ? value : Number.NaN);
    if (Number.isNaN(date.getTime()) || date.toISOString() !== value) throw new Problem('cursor-wrong');
    return date;
  },
  uuid(value) {
    if (typeof value !== 'string' || !/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value)) throw new Problem('cursor-wrong');
    return value;
  },
  integer(value) {
    if (!Number.isSafeInteger(value)) throw new Problem('cursor-wrong');
    return value as number;
  },
  text(value) {
    if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) throw new Problem('cursor-wrong');
    return value;
  },
};
