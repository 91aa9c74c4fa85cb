import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keyFor, openTestDoors } from '../../../test/doors.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { hour, minute, play, post } from '../../../test/play.ts';
import { keptBytes } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import { missingMedia } from '../../views/media/missing.sql.ts';
import { screen } from '../moderation/index.ts';
import { erase } from '../people/erase.ts';
import { setMediaHosts } from '../setup/service.ts';
import { fetchDue } from './index.ts';

let house: TestHouse;
let now: ReturnType<typeof play>;
let server: Server;
let host: string;
/** What lies where; what is not there is gone. A function answers as it likes. */
const files = new Map<string, Buffer | ((answer: ServerResponse) => void)>();
let asked: string[] = [];

beforeAll(async () => {
  house = await testHouse({ seed: 'media' });
  now = play(house);
  server = createServer((request, answer) => {
    asked.push(request.url as string);
    const file = files.get(request.url as string);
    if (typeof file === 'function') file(answer);
    else if (file) answer.end(file);
    else answer.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await setMediaHosts(house, 'warung', [{ host, inside: true }]);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await house.close();
});
beforeEach(() => {
  asked = [];
});

const hex = (algorithm: string, bytes: Buffer) => createHash(algorithm).update(bytes).digest('hex');

/** A file that lies at the platform, as it is handed in. */
function lying(
  path: string,
  bytes = Buffer.from(`a harmless file at ${path}`),
  there: Buffer | ((answer: ServerResponse) => void) = bytes,
) {
  files.set(path, there);
  return { url: `http://${host}${path}`, sha256: hex('sha256', bytes), size: bytes.length, type: 'image/png' };
}
const revisionOf = (of: string) =>
  house.db.begin('doors', async (tx) => {
    const [row] = await look(house).query<{ revision: string }>('select revision from cases.target where case_id = $1', [of]);
    return (await subjects.revision(tx, row?.revision as string)) as NonNullable<Awaited<ReturnType<typeof subjects.revision>>>;
  });
const kindsOf = async (of: string) => (await look(house).records(of)).map(({ kind }) => kind);
const missing = () => house.db.begin('doors', (tx) => missingMedia(tx, { csam: true, other: true }, house.clock.now(), 50));

describe('a file that is handed in by its address', () => {
  test('is fetched after the report is received, kept under the author’s key, and makes the snapshot whole', async () => {
    const bytes = Buffer.from('a harmless picture');
    const received = await now.report(
      post('whole', { media: [lying('/whole', bytes), { sha256: hex('sha256', bytes), bytes: bytes.toString('base64') }] }),
    );
    expect(received.incomplete).toBe(true);
    expect(asked).toEqual([]);
    expect(await fetchDue(house)).toBe(1);
    const revision = await revisionOf(received.case);
    expect(revision.complete).toBe(true);
    expect(await keptBytes(house, `media/${revision.id}/${hex('sha256', bytes)}`)).toEqual(bytes);
    expect(await kindsOf(received.case)).toContain('media.kept');
    expect([await fetchDue(house), asked]).toEqual([0, ['/whole']]);
    // Neither address nor digest lies bare in the log.
    const lines = JSON.stringify(await look(house).records());
    expect([lines.includes('/whole'), lines.includes(hex('sha256', bytes))]).toEqual([false, false]);
  });

  const wrong: readonly (readonly [string, string, (bytes: Buffer) => (answer: ServerResponse) => void])[] = [
    ['another file', 'digest-wrong', (bytes) => (answer) => void answer.end(Buffer.from(bytes).fill('x'))],
    ['gone', 'gone', () => (answer) => void answer.writeHead(404).end()],
    ['huge', 'too-large', (bytes) => (answer) => void answer.end(Buffer.concat([bytes, bytes]))],
    ['a redirect', 'redirected', () => (answer) => void answer.writeHead(302, { location: '/whole' }).end()],
  ];
  test.each(wrong)(
    'and is %s is on record with its reason; the report is received, and its clock runs from then',
    async (name, reason, answers) => {
      const bytes = Buffer.from(`a harmless file, ${name}`);
      const received = await now.report(post(name, { media: [lying(`/${reason}`, bytes, answers(bytes))] }));
      const before = house.clock.now().getTime();
      await fetchDue(house);
      expect(await look(house).records(received.case)).toContainEqual(
        expect.objectContaining({ kind: 'media.failed', payload: { media: expect.any(String), reason } }),
      );
      expect((await revisionOf(received.case)).complete).toBe(false);
      expect((await look(house).clock(received.case, 'acknowledge'))?.dueAt.getTime()).toBe(before + hour);
      expect(await missing()).toContainEqual(expect.objectContaining({ case: received.case, state: 'failed', reason }));
      expect(await fetchDue(house)).toBe(0);
    },
  );

  test('on a host that the service has not registered is not asked for', async () => {
    const file = { ...lying('/elsewhere'), url: 'https://elsewhere.example/file' };
    const received = await now.report(post('elsewhere', { media: [file] }));
    await fetchDue(house);
    expect(await missing()).toContainEqual(expect.objectContaining({ case: received.case, reason: 'host-unknown' }));
    expect(asked).toEqual([]);
  });

  test('is asked for again after growing pauses while its host is broken; after ten minutes that is an alarm, in the end it is given up', async () => {
    const received = await now.report(
      post('broken', { media: [lying('/broken', undefined, (answer) => void answer.writeHead(503).end())] }),
    );
    const of = async () => (await missing()).find((row) => row.case === received.case);
    const pauses: number[] = [];
    for (let since = 0; asked.length < 10; since += 5) {
      const before = asked.length;
      await fetchDue(house);
      if (asked.length > before) pauses.push(since);
      expect((await of())?.state).toBe(since > 600 ? (asked.length === 10 ? 'failed' : 'awaited') : undefined);
      house.clock.advance(5_000);
    }
    expect(pauses).toEqual([0, 5, 15, 35, 75, 155, 315, 635, 1_275, 2_555]);
    expect(await of()).toMatchObject({ state: 'failed', reason: 'broken' });
    expect(await fetchDue(house)).toBe(0);
  });

  test('and could not be had is fetched when the same version is handed in once more', async () => {
    const file = lying('/mended', undefined, (answer) => void answer.writeHead(410).end());
    const { case: of } = await now.report(post('mended', { media: [file] }));
    await fetchDue(house);
    expect((await revisionOf(of)).complete).toBe(false);
    const again = await now.report(post('mended', { media: [lying('/mended-again', Buffer.from('a harmless file at /mended'))] }), {
      by: 'another',
    });
    expect(again.case).toBe(of);
    await fetchDue(house);
    expect((await revisionOf(of)).complete).toBe(true);
    expect((await missing()).filter((row) => row.case === of)).toEqual([]);
  });

  test('is fetched once, however many processes look', async () => {
    await now.report(post('once', { media: [lying('/once')] }));
    await Promise.all([fetchDue(house), fetchDue(house), fetchDue(house)]);
    expect(asked).toEqual(['/once']);
  });

  test('is not fetched any more once its author is erased', async () => {
    const { case: of } = await now.report(post('erased', { author: 'leaver', media: [lying('/erased')] }));
    await erase(house, 'warung', now.ours('leaver'), 'evidence');
    await house.settle();
    await fetchDue(house);
    expect(asked).toEqual([]);
    expect(
      await look(house).query(
        'select state, reason from subjects.media m join cases.target t on t.revision = m.revision where t.case_id = $1',
        [of],
      ),
    ).toEqual([{ state: 'failed', reason: 'erased' }]);
  });
});

/** A harmless file that the bank knows by its MD5 alone: whoever says its SHA-256 gives nothing away. */
function known(path: string): ReturnType<typeof lying> {
  const bytes = Buffer.from(`a harmless file that a drill takes for the worst, ${path}`);
  house.engine.addHashes('test-marker', [{ md5: hex('md5', bytes) }]);
  return lying(path, bytes);
}
const hidden = async (of: string) => (await look(house).actions(of)).map((action) => action.desired);

describe('a file that a bank of hashes knows', () => {
  test('and that comes late hides a reported post the moment it is there, and takes its case to the front', async () => {
    const { case: of } = await now.report(post('late', { media: [known('/late')] }));
    expect([(await look(house).case(of)).harm, await hidden(of)]).toEqual(['bullying-hate', []]);
    await fetchDue(house);
    expect([(await look(house).case(of)).harm, await hidden(of)]).toEqual(['csam', ['inaccessible']]);
    expect(await kindsOf(of)).toEqual(
      expect.arrayContaining(['media.kept', 'verdict.given', 'case.escalated', 'decision.made', 'action.ordered']),
    );
  });

  test('is screened before anything is shown, where it comes while the platform waits', async () => {
    const { screened, raised, incomplete } = await screen(house, 'warung', post('early', { media: [known('/early')] }));
    expect([screened.verdict, incomplete]).toEqual(['withhold', false]);
    expect((await revisionOf(raised?.case as string)).complete).toBe(true);
  });

  test('and is slow does not keep the platform waiting for its verdict; it is hidden when the file is there', async () => {
    const file = known('/slow');
    const bytes = files.get('/slow') as Buffer;
    const held: ServerResponse[] = [];
    files.set('/slow', (answer) => void held.push(answer));
    const item = post('slow', { author: 'slow-author', media: [file] });
    const { screened, raised, incomplete } = await screen(house, 'warung', item);
    expect([screened.verdict, raised, incomplete, held.length]).toEqual(['allow', null, true, 1]);
    files.set('/slow', bytes);
    await fetchDue(house);
    const [row] = await look(house).query<{ case_id: string }>(
      'select case_id from screening.verdict v join subjects.item i on i.id = v.item where i.external_id = $1',
      ['slow'],
    );
    expect([(await look(house).case(row?.case_id as string)).harm, await hidden(row?.case_id as string)]).toEqual([
      'csam',
      ['inaccessible'],
    ]);
  });

  test('by the hash that was said hides a reported post at once, whether its bytes ever come or not', async () => {
    const marker = {
      ...lying('/marker', Buffer.from('perisai marker file: csam test bank entry 1\n')),
      url: 'https://elsewhere.example/marker',
    };
    const { case: of } = await now.report(post('marker', { media: [marker] }));
    expect([(await look(house).case(of)).harm, await hidden(of)]).toEqual(['csam', ['inaccessible']]);
  });

  test('on a surface that is not screened hides nothing', async () => {
    const { case: of } = await now.report(post('private', { kind: 'message', surface: 'private-message', media: [known('/private')] }));
    await fetchDue(house);
    expect([(await look(house).case(of)).harm, await hidden(of), (await revisionOf(of)).complete]).toEqual(['bullying-hate', [], true]);
  });
});

test('what raises nothing and came in time is not stored; what is still to come is sealed until it is known', async () => {
  const count = async () => Number((await look(house).query<{ n: string }>('select count(*) as n from subjects.revision'))[0]?.n);
  const before = await count();
  await screen(house, 'warung', post('quick', { media: [lying('/quick')] }));
  expect(await count()).toBe(before);
  await screen(house, 'warung', post('not quick', { media: [lying('/not-quick')] }), { waits: false });
  expect(await count()).toBe(before + 1);
  await fetchDue(house);
  house.clock.advance(11 * minute);
  expect((await missing()).filter((row) => row.case === null)).toEqual([]);
});

test('over HTTP a report says whether it is whole, and an address without what the file must be is refused by place', async () => {
  await using doors = await openTestDoors(house);
  const token = await keyFor(house);
  const send = (path: string, body: object) =>
    doors.ask(path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `${path}-${JSON.stringify(body).length}`,
      },
      body: JSON.stringify(body),
    });
  const about = (media: object[]) => ({
    item: post('over-http', { media }),
    attested: 'platform',
    harm: 'scam',
    language: 'ms',
    reporter: { account: { id: 'reporter' } },
  });
  const { sha256: _, ...without } = lying('/over-http');
  const refused = await send('/v1/reports', about([without]));
  expect([refused.status, await refused.json()]).toEqual([
    400,
    expect.objectContaining({ code: 'field-missing', detail: expect.stringContaining('/item/media/0/sha256') }),
  ]);
  const taken = (await (await send('/v1/reports', about([lying('/over-http')]))).json()) as { report: string; incomplete: boolean };
  expect(taken.incomplete).toBe(true);
  const read = async () =>
    (
      (await (await doors.ask(`/v1/reports/${taken.report}`, { headers: { authorization: `Bearer ${token}` } })).json()) as {
        incomplete: boolean;
      }
    ).incomplete;
  expect(await read()).toBe(true);
  await fetchDue(house);
  expect(await read()).toBe(false);
});
