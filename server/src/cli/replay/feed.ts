/** One thing that people on the platform wrote or showed; `label` is the file's own word on it, by which nothing is screened. */
export interface FeedItem {
  readonly text?: string;
  readonly picture?: { readonly bytes: Buffer; readonly type: string };
  readonly label: boolean | null;
}

/** A row of outside traffic, and where it stands: `file:line`, or the picture's path. One that can't be read says why. */
export type Row = { readonly place: string } & ({ readonly item: FeedItem } | { readonly unreadable: string });

export interface Feed {
  /** In a few words, for the heading. */
  readonly what: string;
  /** Rows there are, the unreadable ones too. */
  readonly total: number;
  /** In file order. */
  rows(): AsyncIterable<Row>;
}

/** What was named can't be replayed at all; the message names the file and what to do. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
}
