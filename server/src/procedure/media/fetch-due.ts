import * as cases from '../../cases/index.ts';
import type { Tx } from '../../foundation/db/transaction.ts';
import { type Fetched, fetchFile } from '../../foundation/fetch-file.ts';
import { type Payload, reveal } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { lockItems } from '../moderation/lock.ts';
import { raiseByHash } from '../moderation/raise-by-hash.ts';
import { failMedia, keepFetched } from './keep.ts';

/** How long one try may take: a large file over a slow line. */
const patienceMs = 30_000;
const leaseMs = 2 * patienceMs;
/** Ten tries: at once, then after 5 s, doubling, some 40 minutes in all. An address for one use does not live longer. */
const mostTries = 10;

function pauseMs(tries: number): number {
  return 5_000 * 2 ** Math.min(tries - 1, 9);
}

/** Fetches what is due, a few at a time; gives how many were tried. Two processes never fetch the same file at once. */
export async function fetchDue(house: House, signal?: AbortSignal, limit = 4): Promise<number> {
  const now = house.clock.now();
  const due = await house.db.begin('jobs', (tx) => subjects.takeDueFetches(tx, now, new Date(now.getTime() + leaseMs), limit));
  await Promise.all(due.map(({ media, tries }) => fetchOne(house, media, tries, signal)));
  return due.length;
}

interface Asked {
  readonly service: string;
  readonly file: NonNullable<Payload<'media.awaited'>['file']>;
  readonly hosts: readonly subjects.MediaHost[];
}

async function fetchOne(house: House, id: string, tries: number, signal: AbortSignal | undefined): Promise<void> {
  const asked = await house.db.begin('jobs', (tx) => askedFor(house, tx, id));
  // Whoever it was about was erased: their file is not fetched any more.
  if (asked === null) return settle(house, id, tries, { failure: 'erased', again: false });
  const fetched = await fetchFile(asked.file, asked.hosts, { timeoutMs: patienceMs, ...(signal ? { signal } : {}) });
  // We are ending; the next process begins when the lease is over.
  if (signal?.aborted) return;
  return settle(house, id, tries, fetched);
}

async function askedFor(house: House, tx: Tx, id: string): Promise<Asked | null> {
  const { record, revision } = (await subjects.media(tx, id)) as subjects.AwaitedMedia;
  const item = await itemOf(tx, revision);
  const file = (await reveal(house, tx, 'media.awaited', record))?.file ?? null;
  return file && item.author ? { service: item.service, file, hosts: await subjects.mediaHostsOf(tx, item.service) } : null;
}

async function itemOf(tx: Tx, revision: string): Promise<subjects.Item> {
  const { item } = (await subjects.revision(tx, revision)) as { readonly item: string };
  return (await subjects.item(tx, item)) as subjects.Item;
}

type Result = Fetched | { readonly failure: 'erased'; readonly again: false };

/** What became of one try, in one transaction with all that follows: kept and screened, on record as not to be had, or tried again later. */
async function settle(house: House, id: string, tries: number, result: Result): Promise<void> {
  await house.db.begin('jobs', async (tx) => {
    const media = (await subjects.media(tx, id)) as subjects.AwaitedMedia;
    const item = await itemOf(tx, media.revision);
    await lockItems(tx, [item.id]);
    if ((await subjects.media(tx, id))?.state !== 'awaited') return;
    if ('failure' in result && result.again && tries < mostTries) {
      await subjects.postponeFetch(tx, id, new Date(house.clock.now().getTime() + pauseMs(tries)), result.failure);
      return;
    }
    const settled = { id, service: item.service, case: await caseOf(tx, item.id) };
    const author = (await subjects.item(tx, item.id))?.author ?? null;
    if ('failure' in result || author === null)
      return failMedia(house, tx, { ...settled, reason: 'failure' in result ? result.failure : 'erased' });
    const hashes = await keepFetched(house, tx, {
      ...settled,
      author: { role: 'author', party: author, purpose: 'evidence' },
      bytes: result.bytes,
    });
    const surface = await subjects.surface(tx, item.service, item.surface);
    if (!surface) return;
    const language = (await subjects.account(tx, author))?.language ?? 'ms';
    await raiseByHash(
      house,
      tx,
      { service: item.service, item: item.id, revision: media.revision, surface },
      { media: [hashes] },
      language,
    );
  });
}

/** The case in whose life it is told: the open one, else one that waits for the platform. Locked, so that it has one order. */
async function caseOf(tx: Tx, item: string): Promise<string | null> {
  const id = (await cases.openCaseOn(tx, item))?.id ?? (await cases.decidedOn(tx, item))[0];
  if (id === undefined) return null;
  await cases.lock(tx, id);
  return id;
}

/** Fetches when something is due, looking every second. */
export function startFetching(house: House, { every = 1_000 }: { readonly every?: number } = {}): { stop(): Promise<void> } {
  const ending = new AbortController();
  let wake: () => void = () => undefined;
  const running = (async () => {
    while (!ending.signal.aborted) {
      try {
        while (!ending.signal.aborted && (await fetchDue(house, ending.signal)) > 0);
      } catch (error) {
        house.log.error({ err: error }, 'files that are due could not be fetched; the next round begins again');
      }
      if (ending.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      ending.abort();
      wake();
      await running;
    },
  };
}
