import { randomUUID } from 'node:crypto';
import { type WarungClient, warungClient } from '@perisai/warung/client';
import { logIn, type StaffClient } from '../stage/staff-client.ts';
import type { Stage } from '../stage.ts';
import { held, until } from './teller.ts';

type Role = Stage['staff'][number]['roles'][number];
type State = Awaited<ReturnType<WarungClient['look']>>['state'];
type Notice = Awaited<ReturnType<WarungClient['inbox']>>[number];

/** People of a story: Warung's by its `/api`, the staff at their pages. Nothing else is spoken to. */
export interface Cast {
  readonly warung: WarungClient;
  /** Whoever on the staff may judge child abuse: a reviewer of their own where there is one. */
  readonly reviewer: StaffClient;
  /** The second of them. */
  readonly other: StaffClient;
  readonly first: StaffClient;
  readonly second: StaffClient;
  /** A case that is being written to at this moment is passed over: it is there the next time. */
  takeNext(by: StaffClient): Promise<string>;
  /** What Warung shows the author of a post. */
  shows(author: string, post: string, state: State): Promise<void>;
  /** The notice in somebody's inbox at Warung. */
  told(who: string, which: (notice: Notice) => boolean): Promise<Notice>;
  /** Perisai waits for no acknowledgement. */
  nothingWaits(): Promise<void>;
  ask(path: string): Promise<Record<string, unknown>>;
  /** What a provider's own service sends to Perisai's API. */
  send(path: string, body: unknown): Promise<Record<string, unknown>>;
}

/** Logs in once for all: a code works once, and so do half a minute's codes of one person. */
export async function openCast(stage: Stage): Promise<Cast> {
  const warung = warungClient(stage.warung);
  const enter = (login: string) => logIn(stage.perisai.url, stage.staff.find((one) => one.login === login) as (typeof stage.staff)[number]);
  const [first, second] = await Promise.all([enter('seri'), enter('mullai')]);
  const own = stage.staff.filter(({ roles }) => roles.includes('child-safety-reviewer' satisfies Role));
  const [reviewer = first, other = second] = await Promise.all(own.slice(0, 2).map(({ login }) => enter(login)));
  const ask = async (path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${stage.perisai.url}${path}`, { headers: { authorization: `Bearer ${stage.key}` } });
    held(response.ok, `GET ${path} was answered ${response.status}`);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    warung,
    first,
    second,
    reviewer,
    other,
    takeNext: (by) => until('a case to take', () => by.takeNext()),
    shows: async (author, post, state) =>
      void (await until(`Warung to show the post as ${state}`, async () => (await warung.look(author, post)).state === state)),
    told: (who, which) => until(`${who} to be told`, async () => (await warung.inbox(who)).find(which)),
    nothingWaits: async () =>
      void (await until('Warung to acknowledge', async () => {
        const { items } = (await ask('/v1/actions?state=pending')) as { items: unknown[] };
        return items.length === 0;
      })),
    ask,
    async send(path, body) {
      const response = await fetch(`${stage.perisai.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stage.key}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(body),
      });
      held(response.ok, `POST ${path} was answered ${response.status}`);
      return (await response.json()) as Record<string, unknown>;
    },
  };
}
