import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { look } from '../../../test/look.ts';
import { filesOn, handedIn, onePoint } from '../../../test/pictures.ts';
import { minute, play, post } from '../../../test/play.ts';
import { seeFile } from '../../procedure/moderation/index.ts';
import { erase } from '../../procedure/people/erase.ts';
import type { Seeded } from '../../procedure/staff/seed.ts';

let desk: TestDesk;
const people: Record<string, Visitor> = {};
const who = (login: string) => people[login] as Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'files' });
  for (const login of ['awan', 'mullai', 'seri', 'melur', 'embun']) people[login] = await desk.logIn(login);
});
afterAll(() => desk.close());
// A session ends when nothing is done in it, and here the minutes fly.
beforeEach(() => Promise.all(Object.values(people).map((one) => one.get('/desk'))));

type Report = Parameters<ReturnType<typeof play>['report']>[1];
const guardedHarm = { harm: 'intimate-image' } as const;

/** A post with these files; its case. */
async function reported(id: string, files: readonly { readonly type: string; readonly bytes: string }[], more: Report = {}) {
  desk.house.clock.advance(minute);
  return (await play(desk.house).report(post(id, { author: `author-${id}`, media: files }), more)).case;
}
const looks = async (of: string) =>
  (await look(desk.house).records(of)).filter(({ kind }) => kind === 'material.viewed').map(({ payload }) => payload['place']);
const firstOn = (page: string) => filesOn(page)[0]?.at as string;
const revealed = async (by: Visitor, at: string) => firstOn(await (await by.post(`${at}/reveal`)).text());
const got = async (by: Visitor, at: string, headers?: Record<string, string>) => {
  const answer = await by.get(at, headers);
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};

describe('a picture that was reported', () => {
  test('comes to the reviewer’s browser byte by byte as it was sealed, and to nothing else', async () => {
    const of = await reported('seen', [handedIn(onePoint)]);
    const page = await who('awan').page(`/desk/cases/${of}`);
    expect(page).toMatch(/<img [^>]*alt="File 1: picture, image\/png, \d+ bytes"/);
    const { status, headers, bytes } = await got(who('awan'), firstOn(page));
    expect([status, bytes.equals(onePoint)]).toEqual([200, true]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^sandbox;/),
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test('is on record as looked at, once for all that a page’s minutes bring, with who and which file', async () => {
    const of = await reported('recorded', [handedIn(onePoint), handedIn(Buffer.concat([onePoint, Buffer.from('2')]))]);
    expect(await looks(of)).toEqual([]);
    const [first, , second] = filesOn(await who('awan').page(`/desk/cases/${of}`)).map(({ at }) => at) as [string, string, string];
    await Promise.all([got(who('awan'), first), got(who('awan'), first), got(who('awan'), first)]);
    expect(await looks(of)).toEqual([0]);
    await got(who('awan'), second);
    await got(who('awan'), firstOn(await who('awan').page(`/desk/cases/${of}`)));
    expect(await looks(of)).toEqual([0, 1]);
    await got(who('seri'), firstOn(await who('seri').page(`/desk/cases/${of}`)));
    expect(await looks(of)).toEqual([0, 1, 0]);
    desk.house.clock.advance(16 * minute);
    await got(who('awan'), firstOn(await who('awan').page(`/desk/cases/${of}`)));
    expect(await looks(of)).toEqual([0, 1, 0, 0]);
    await desk.house.settle();
    expect(await who('awan').page(`/desk/cases/${of}`)).toMatch(/File 2 opened to be seen[\s\S]*Awan Penyemak/);
  });

  test('is given only to the session that it was laid out for, as it was laid out, and for a quarter of an hour', async () => {
    const of = await reported('bound', [handedIn(onePoint), handedIn(onePoint)]);
    const elsewhere = await reported('bound-elsewhere', [handedIn(onePoint)]);
    const at = firstOn(await who('awan').page(`/desk/cases/${of}`));
    const [path = '', query = ''] = at.split('?');
    const tampered = [
      path,
      `${path}?${query.replace(/proof=./, 'proof=')}`,
      `${path.replace(/0$/, '1')}?${query}`,
      `${path.replace(of, elsewhere)}?${query}`,
      `${path}?${query.replace('how=dp', 'how=dr')}`,
      `${path}?${query.replace(/at=\d+/, `at=${desk.house.clock.now().getTime() + 1}`)}`,
    ];
    for (const wrong of tampered) expect([wrong, (await got(who('awan'), wrong)).status]).toEqual([wrong, 403]);
    expect((await got(who('seri'), at)).status).toBe(403);
    // The same person in another browser, and somebody who is not logged in.
    expect((await got(await desk.logIn('awan'), at)).status).toBe(403);
    expect((await got(desk.visitor(), at)).status).toBe(303);
    expect(await looks(of)).toEqual([]);
    expect((await got(who('awan'), at)).status).toBe(200);
    desk.house.clock.advance(14 * minute);
    expect((await got(who('awan'), at)).status).toBe(200);
    desk.house.clock.advance(30_000);
    expect((await got(who('awan'), at)).status).toBe(403);
  });

  test('is sent in the parts that a player asks for, and that is one look', async () => {
    const video = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1'), Buffer.alloc(50_000, 7)]);
    const of = await reported('parts', [handedIn(video, 'video/mp4')]);
    const page = await who('awan').page(`/desk/cases/${of}`);
    expect(page).toMatch(/<video [^>]*controls preload="none"[^>]* muted /);
    expect(page).not.toContain('autoplay');
    const at = firstOn(page);
    const whole = await got(who('awan'), at);
    expect([whole.status, whole.headers.get('accept-ranges'), whole.bytes.equals(video)]).toEqual([200, 'bytes', true]);
    const part = await got(who('awan'), at, { range: 'bytes=4-19' });
    expect([part.status, part.headers.get('content-range'), part.bytes.equals(video.subarray(4, 20))]).toEqual([
      206,
      `bytes 4-19/${video.length}`,
      true,
    ]);
    const beyond = await got(who('awan'), at, { range: `bytes=${video.length}-` });
    expect([beyond.status, beyond.headers.get('content-range'), beyond.bytes.length]).toEqual([416, `bytes */${video.length}`, 0]);
    expect(await looks(of)).toEqual([0]);
  });

  test('stands on no page and opens by no address once its author is erased', async () => {
    const of = await reported('erased', [handedIn(onePoint)]);
    const at = firstOn(await who('awan').page(`/desk/cases/${of}`));
    await erase(desk.house, 'warung', play(desk.house).ours('author-erased'), 'evidence');
    await desk.house.settle();
    expect((await got(who('awan'), at)).status).toBe(404);
    const page = await who('awan').page(`/desk/cases/${of}`);
    expect([filesOn(page), page.includes('Text and files were erased with their author’s key.')]).toEqual([[], true]);
    expect(await looks(of)).toEqual([]);
  });

  test('says so where it was never handed in, or is gone from the store', async () => {
    const media = [{ type: 'image/jpeg', sha256: 'ab'.repeat(32) }, handedIn(onePoint)];
    const { case: of } = await play(desk.house).report(post('missing', { media }));
    const [target] = await look(desk.house).query<{ revision: string }>('select revision from cases.target where case_id = $1', [of]);
    for await (const path of desk.house.blobs.list(`media/${target?.revision}`)) await desk.house.blobs.delete(path);
    const page = await who('awan').page(`/desk/cases/${of}`);
    expect(page).toContain('image/jpeg, fingerprint only: the platform did not hand this file in');
    expect(page).toContain('image/png, not there any more: its key was destroyed, or the file is gone from the store');
    expect(filesOn(page)).toEqual([]);
  });

  test('opens by no address once it is gone from the store, and then nobody has looked at it', async () => {
    const of = await reported('vanishes', [handedIn(onePoint)]);
    const at = firstOn(await who('awan').page(`/desk/cases/${of}`));
    for await (const path of desk.house.blobs.list(`media/${at.split('/')[5]}`)) await desk.house.blobs.delete(path);
    expect((await got(who('awan'), at)).status).toBe(404);
    expect(await looks(of)).toEqual([]);
  });
});

describe('a file that is something else than it was said to be', () => {
  const html = Buffer.from('<!doctype html><script>document.title = "run"</script>');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

  test.each([
    ['HTML that calls itself a picture', 'image/jpeg', html],
    ['an SVG', 'image/svg+xml', svg],
  ])('is not shown but taken along, where it is %s', async (name, type, bytes) => {
    const of = await reported(name, [handedIn(bytes, type)]);
    const page = await who('awan').page(`/desk/cases/${of}`);
    expect(page).toContain(`the platform calls it ${type}`);
    const [{ by, at }] = filesOn(page) as [{ by: string; at: string }];
    expect([by, filesOn(page)]).toEqual(['href', [expect.anything()]]);
    const answer = await got(who('awan'), at);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      200,
      'application/octet-stream',
      'nosniff',
    ]);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f-]{36}-1\.bin"$/);
    expect(answer.bytes.equals(bytes)).toBe(true);
  });

  test('is shown as the picture that its bytes are', async () => {
    const of = await reported('mislabelled', [handedIn(onePoint, 'text/html')]);
    const page = await who('awan').page(`/desk/cases/${of}`);
    expect(page).toContain('the platform calls it text/html');
    expect((await got(who('awan'), firstOn(page))).headers.get('content-type')).toBe('image/png');
  });
});

describe('a file that is guarded', () => {
  test('stands on the one page that answers whoever asked for it', async () => {
    const of = await reported('guarded', [handedIn(onePoint)], guardedHarm);
    expect(filesOn(await who('awan').page(`/desk/cases/${of}`))).toEqual([]);
    const at = await revealed(who('awan'), `/desk/cases/${of}`);
    expect((await got(who('awan'), at)).bytes.equals(onePoint)).toBe(true);
    expect(await looks(of)).toEqual([null, 0]);
    expect(filesOn(await who('awan').page(`/desk/cases/${of}`))).toEqual([]);
    // Each time that it is asked for is a look of its own.
    await got(who('awan'), at);
    desk.house.clock.advance(minute);
    await got(who('awan'), await revealed(who('awan'), `/desk/cases/${of}`));
    expect(await looks(of)).toEqual([null, 0, null, 0]);
  });

  test('closes for whoever has it open unasked, the moment that somebody says it is of that kind', async () => {
    const of = await reported('becomes', [handedIn(onePoint)]);
    const at = firstOn(await who('awan').page(`/desk/cases/${of}`));
    expect((await got(who('awan'), at)).status).toBe(200);
    const again = post('becomes', { author: 'author-becomes', media: [handedIn(onePoint)] });
    expect((await play(desk.house).report(again, { ...guardedHarm, by: 'another' })).case).toBe(of);
    expect((await got(who('awan'), at)).status).toBe(403);
    expect((await got(who('awan'), await revealed(who('awan'), `/desk/cases/${of}`))).status).toBe(200);
  });

  test('is given to nobody whose lane the case has left, whatever they were shown before', async () => {
    const of = await reported('handed-over', [handedIn(onePoint)], guardedHarm);
    await who('awan').post(`/desk/cases/${of}/claim`);
    const at = await revealed(who('awan'), `/desk/cases/${of}`);
    expect((await got(who('awan'), at)).status).toBe(200);
    await who('awan').post(`/desk/cases/${of}/hide`, { clause: 'csam.material' });
    expect((await got(who('awan'), at)).status).toBe(403);
  });
});

describe('of child abuse material', () => {
  test('fingerprints come first, and the file only to a child-safety reviewer who asked for it', async () => {
    const of = await reported('marker', [handedIn(onePoint)], { harm: 'csam' });
    const fingerprints = await who('melur').page(`/desk/cases/${of}`);
    expect([filesOn(fingerprints), fingerprints.includes('SHA-256')]).toEqual([[], true]);
    const at = await revealed(who('melur'), `/desk/cases/${of}`);
    expect((await got(who('melur'), at)).bytes.equals(onePoint)).toBe(true);
    for (const login of ['awan', 'mullai', 'embun']) expect([login, (await got(who(login), at)).status]).toEqual([login, 403]);
    // Of each page of it, the fingerprints are a look too.
    expect((await looks(of)).filter((place) => place !== null)).toEqual([0]);
  });

  test('nothing is taken along', async () => {
    const of = await reported('marker-bin', [handedIn(Buffer.from('a harmless marker'), 'application/zip')], { harm: 'csam' });
    const shown = await (await who('melur').post(`/desk/cases/${of}/reveal`)).text();
    expect(shown).toContain('No picture, video or sound: it is not shown here.');
    expect(filesOn(shown)).toEqual([]);
    // Nor by an address that no page has.
    const [target] = await look(desk.house).query<{ revision: string }>('select revision from cases.target where case_id = $1', [of]);
    const { id, name } = desk.staff['melur'] as Seeded;
    const asked = { case: of, revision: target?.revision as string, place: 0, why: 'deciding the case', revealed: true } as const;
    const member = { id, name, roles: ['child-safety-reviewer'], languages: ['ms'] } as const;
    await expect(seeFile(desk.house, member, { ...asked, since: desk.house.clock.now() })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('whoever hears the appeal sees the picture as it was reported, after its author has deleted the post', async () => {
  const around = play(desk.house);
  const of = await reported('deleted', [handedIn(onePoint)], guardedHarm);
  await who('mullai').post(`/desk/cases/${of}/claim`);
  const judged = { determination: 'remove', clause: 'intimate.shared-without-consent', reason: 'Dikongsi tanpa izin.' };
  expect((await who('mullai').post(`/desk/cases/${of}/decide`, judged)).status).toBe(303);
  for (const action of await around.waiting()) if (action.case === of) await around.says(action, 'gone');
  const removal = (await look(desk.house).decisions(of)).at(-1);
  const { appeal } = await around.appeal(removal?.id as string, 'author-deleted');
  await desk.house.settle();
  expect(filesOn(await who('seri').page(`/desk/appeals/${appeal}`))).toEqual([]);
  const at = await revealed(who('seri'), `/desk/appeals/${appeal}`);
  expect((await got(who('seri'), at)).bytes.equals(onePoint)).toBe(true);
  const why = (await look(desk.house).records(of)).filter(({ kind }) => kind === 'material.viewed').map(({ payload }) => payload['why']);
  expect(why).toEqual(['hearing the appeal', 'hearing the appeal']);
});

test('somebody who may read the case but not see what was said is given no file', async () => {
  const of = await reported('audited', [handedIn(onePoint)]);
  expect(filesOn(await who('embun').page(`/desk/cases/${of}`))).toEqual([]);
});
