import { CompiledQuery } from 'kysely';
import * as cases from '../src/cases/index.ts';
import * as decisions from '../src/decisions/index.ts';
import * as enforcement from '../src/enforcement/index.ts';
import { reading, type Tx } from '../src/foundation/db/transaction.ts';
import * as intake from '../src/intake/index.ts';
import * as notices from '../src/notices/index.ts';
import type { TestHouse } from './house.ts';

/** What a test asks about a house after something happened in it: how things stand, and what the records say. */
export function look(house: TestHouse) {
  const ask = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => house.db.begin('doors', work);
  const query = <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    ask(async (tx) => (await reading(tx).executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows);
  return {
    query,
    case: async (id: string) => (await ask((tx) => cases.caseOf(tx, id))) as cases.Case,
    clock: async (of: string, clock: cases.ClockName) => (await ask((tx) => cases.clocksOf(tx, of))).find((one) => one.clock === clock),
    report: async (id: string) => (await ask((tx) => intake.report(tx, id))) as intake.Report,
    reports: (of: string) => ask((tx) => intake.reportsOf(tx, of)),
    decisions: (of: string) => ask((tx) => decisions.decisionsOf(tx, of)),
    notices: (of: string) => ask((tx) => notices.noticesOf(tx, of)),
    /** What was asked of the platform in a case, oldest first. */
    actions: (of: string) =>
      ask(async (tx) => {
        const made = await decisions.decisionsOf(tx, of);
        return (await Promise.all(made.map(({ id }) => enforcement.actionsOf(tx, id)))).flat();
      }),
    /** The records of a case in their order; of the whole house without one. */
    async records(
      of?: string,
    ): Promise<{ kind: string; occurred_at: string; versions: Record<string, string>; payload: Record<string, unknown> }[]> {
      const rows = of
        ? await query<{ line: string }>(
            'select line from records.case_record c join records.record r on r.id = c.record where c.case_id = $1 order by c.case_seq',
            [of],
          )
        : await query<{ line: string }>('select line from records.record order by id');
      return rows.map(({ line }) => JSON.parse(line));
    },
    /** Everything that was laid out for a service, oldest first: what leaves the house. */
    async messages(): Promise<{ type: string; subject: string; data: Record<string, unknown>; text: string }[]> {
      const rows = await query<{ type: string; subject: string; body: string }>(
        'select type, subject, body from perisai.outbox order by id',
      );
      return rows.map(({ type, subject, body }) => ({ type, subject, text: body, data: JSON.parse(body).data }));
    },
  };
}
