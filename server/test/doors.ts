import pg from 'pg';
import { openDoors } from '../src/doors.ts';
import { createServiceKey, type Scope, scopes } from '../src/foundation/http/keys.ts';
import { openapiDocument } from '../src/foundation/http/openapi.ts';
import type { App } from '../src/foundation/http/server.ts';
import type { TestHouse } from './house.ts';

export interface Operation {
  readonly method: string;
  /** As OpenAPI writes it, `/v1/reports/{report}`. */
  readonly path: string;
  readonly scope: Scope | undefined;
  /** Whole bodies that the route takes. */
  readonly bodies: readonly object[];
  /** Answers that are described. */
  readonly statuses: readonly number[];
  readonly key: 'required' | 'optional' | undefined;
}

export interface Doors extends AsyncDisposable {
  readonly url: string;
  readonly app: App;
  readonly operations: readonly Operation[];
  ask(path: string, init?: RequestInit): Promise<Response>;
}

const open = { perKey: 1_000_000, perAddress: 1_000_000, failuresPerAddress: 1_000_000 };

/** The real doors of a house on a free port of 127.0.0.1, with limits that no test meets unless it sets its own. */
export async function openTestDoors(house: TestHouse, limits: object = open): Promise<Doors> {
  const app = await openDoors(house, { limits });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    app,
    operations: operationsOf(app),
    ask: (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    [Symbol.asyncDispose]: async () => {
      await app.close();
    },
  };
}

/** One example stands beside the schema, several stand there by name. */
interface Examples {
  example?: object;
  examples?: Record<string, { value: object }>;
}

interface Described {
  security?: { serviceKey: Scope[] }[];
  parameters?: { name: string; required?: boolean }[];
  requestBody?: { content: { 'application/json': Examples } };
  responses: Record<string, unknown>;
}

function operationsOf(app: App): Operation[] {
  const { paths } = openapiDocument(app) as unknown as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const body = described.requestBody?.content['application/json'];
      const key = described.parameters?.find(({ name }) => name === 'Idempotency-Key');
      return {
        method: method.toUpperCase(),
        path,
        scope: described.security?.[0]?.serviceKey[0],
        bodies: [...(body?.example ? [body.example] : []), ...Object.values(body?.examples ?? {}).map(({ value }) => value)],
        statuses: Object.keys(described.responses).map(Number),
        key: key && (key.required ? 'required' : 'optional'),
      } as const;
    }),
  );
}

/** A key of Warung with these scopes, all of them by default. */
export async function keyFor(house: TestHouse, opens: readonly Scope[] = scopes, service = 'warung'): Promise<string> {
  return house.db.begin('doors', async (tx) => (await createServiceKey(tx, house, { service, label: 'test', scopes: opens })).token);
}

/** Says how much is stored that a refusal must not leave: records and what hangs on them, answers, messages. */
export async function storage(house: TestHouse): Promise<{ count(): Promise<number>; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: house.url });
  await client.connect();
  return {
    async count() {
      const { rows } = await client.query<{ n: string }>(
        `select (select count(*) from records.record) + (select count(*) from perisai.idempotency) + (select count(*) from perisai.outbox)
          + (select count(*) from intake.report) + (select count(*) from appeals.appeal) + (select count(*) from records.handle) as n`,
      );
      return Number(rows[0]?.n);
    },
    end: () => client.end(),
  };
}
