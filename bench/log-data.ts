import { type LeafRecord, leafBytes } from '../packages/log/src/index.ts';
import { connectPool } from '../server/src/foundation/db/pools.ts';
import type { Spine } from '../server/src/records/index.ts';

type Means = Pick<Spine, 'ids' | 'clock' | 'random'>;

/** What a record of this many rows holds: a report about a post, as `receive` writes it. */
export function leafOf({ ids, clock, random }: Means, n: number): LeafRecord {
  const at = clock.now().toISOString();
  const commitment = () => ({ commitment: random.bytes(32).toString('base64') });
  return {
    id: ids.next(),
    kind: 'report.received',
    version: 2,
    occurred_at: at,
    recorded_at: at,
    service: 'bench',
    case: ids.next(),
    case_seq: 1,
    parties: [{ handle: random.bytes(16).toString('base64'), role: 'reporter' }],
    versions: { policy: 'bench' },
    nonce: random.bytes(16).toString('base64'),
    payload: {
      report: ids.next(),
      item: ids.next(),
      revision: ids.next(),
      harm: 'bullying-hate',
      language: (['ms', 'en', 'zh', 'ta'] as const)[n % 4] as string,
      reporter: 'account',
      reason: null,
      capacity: 'user',
      flagger: null,
      relation: null,
      reference: null,
      age_days: null,
      lane: 1,
      joined: false,
      text: commitment(),
      access: commitment(),
      email: null,
      clocks: (['acknowledge', 'answer.status', 'answer.outcome'] as const).map((clock) => ({ clock, due_at: at })),
    },
  };
}

const batch = 2_000;

/**
 * Lays so many records into the database as committed ones that wait for their place: the rows of `insertRecord`, by statements of
 * two thousand. A test compares them with what `append` writes.
 */
export async function layRecords(means: Means, databaseUrl: string, count: number): Promise<void> {
  const pool = connectPool({ url: databaseUrl, name: 'bench', max: 2 });
  try {
    for (let done = 0; done < count; done += batch) {
      const leaves = Array.from({ length: Math.min(batch, count - done) }, (_, n) => leafOf(means, done + n));
      await pool.query(statement, [
        leaves.map(({ id }) => id),
        leaves.map(({ kind }) => kind),
        leaves.map(({ recorded_at }) => recorded_at),
        leaves.map((leaf) => leaf.case),
        leaves.map((leaf) => leaf.case_seq),
        leaves.map((leaf) => Buffer.from(leafBytes(leaf)).toString('utf8')),
        leaves.map(({ parties }) => Buffer.from(parties[0]?.handle ?? '', 'base64')),
      ]);
    }
  } finally {
    await pool.end();
  }
}

const statement = `
  with
    laid as (select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::int[], $6::text[], $7::bytea[])
      with ordinality as l(id, kind, recorded_at, case_id, case_seq, line, handle, place)),
    record as (insert into records.record (id, kind, recorded_at, case_id, line) select id, kind, recorded_at, case_id, line from laid),
    in_case as (insert into records.case_record (case_id, case_seq, record) select case_id, case_seq, id from laid),
    party as (insert into records.record_party (record, handle, role) select id, handle, 'reporter' from laid)
  insert into records.pending (record) select id from laid order by place`;
