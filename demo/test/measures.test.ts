import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sent } from './fake-perisai.ts';
import type { House } from './house.ts';
import { openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.client.join({ handle: 'adik', name: 'Adik', language: 'ms', minor: true });
  await house.client.join({ handle: 'jauh', name: 'Jauh', language: 'ms', abroad: true });
});
afterAll(() => house.stop());

const said = async (sent: Sent): Promise<string> => (await house.perisai.acknowledgement(sent.action?.action)).state;
const text = async (who: string | null, post: string): Promise<string | null> => (await house.client.look(who, post)).text;
const idOf = async (handle: string): Promise<string> => (await house.client.accounts()).find((each) => each.handle === handle)?.id ?? '';

describe('measures on what was written', () => {
  it('limited: it is read, and nobody answers', async () => {
    const post = (await house.client.write('aminah', { text: 'Bising betul' })).id;
    expect(await said(await house.perisai.act(post, 'limit'))).toBe('limited');
    expect(await text('ravi', post)).toBe('Bising betul');
    await expect(house.client.write('ravi', { text: 'Hey', parent: post })).rejects.toMatchObject({ status: 404 });
    await house.perisai.act(post, 'restore');
    expect((await house.client.write('ravi', { text: 'Hey', parent: post })).state).toBe('visible');
  });

  it('gated by age: adults who logged in read it; a child and a guest don’t, and are told why', async () => {
    const post = (await house.client.write('aminah', { text: 'Filem ngeri' })).id;
    expect(await said(await house.perisai.act(post, 'age-gate'))).toBe('age-gated');
    expect(await text('ravi', post)).toBe('Filem ngeri');
    expect(await text('adik', post)).toBeNull();
    expect(await text(null, post)).toBeNull();
    const page = await fetch(`${house.warung.url}/posts/${post}?lang=en`);
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('For people aged 18 and over')]);
    expect((await house.client.search('adik', 'ngeri')).posts).toEqual([]);
    expect((await house.client.search('ravi', 'ngeri')).posts).toEqual([post]);
  });

  it('delisted: not found by search, a suggestion no longer suggested', async () => {
    const post = (await house.client.write('aminah', { text: 'Resipi rahsia gulai' })).id;
    await house.client.search('ravi', 'gulai');
    const { posts, suggestions } = await house.client.search('mei', 'Gulai');
    expect(posts).toEqual([post]);
    const gulai = suggestions.find((each) => each.text === 'gulai');
    expect(gulai).toBeDefined();
    for (const target of [post, gulai?.id ?? '']) expect(await said(await house.perisai.act(target, 'delist'))).toBe('delisted');
    const after = await house.client.search('ravi', 'gulai');
    expect([after.posts, after.suggestions.map((each) => each.text)]).toEqual([[], expect.not.arrayContaining(['gulai'])]);
    expect(await text('ravi', post)).toBe('Resipi rahsia gulai');
  });

  it('no longer recommended, and demoted: out of the strip, and last on the page', async () => {
    const [first, second] = [
      await house.client.write('aminah', { text: 'Wayang satu' }),
      await house.client.write('aminah', { text: 'Wayang dua' }),
    ];
    for (const post of [first, second])
      for (const said of ['Satu', 'Dua']) await house.client.write('kavitha', { text: said, parent: post.id });
    expect((await house.client.search('ravi', '')).recommended).toEqual(expect.arrayContaining([first.id, second.id]));
    expect(await said(await house.perisai.act(first.id, 'stop-recommending'))).toBe('not-recommended');
    expect(await said(await house.perisai.act(second.id, 'demote'))).toBe('demoted');
    const { recommended, posts } = await house.client.search('ravi', 'wayang');
    expect(recommended).not.toContain(first.id);
    expect(recommended).not.toContain(second.id);
    expect(posts).toEqual([first.id, second.id]);
  });

  it('a live session grows, is screened at each word, and ends in the middle when it is interrupted', async () => {
    const live = (await house.client.write('aminah', { text: 'Masak bersama', as: 'live' })).id;
    expect((await house.client.say('aminah', live, 'Mula-mula bawang.')).revision).toBe(2);
    expect(await text(null, live)).toBe('Masak bersama\n\nMula-mula bawang.');
    expect(house.perisai.heard.screens.at(-1)?.['item']).toMatchObject({ surface: 'live', revision: '2' });
    expect(await said(await house.perisai.act(live, 'interrupt'))).toBe('interrupted');
    expect(await text('ravi', live)).toBeNull();
    await expect(house.client.say('aminah', live, 'Kemudian cili.')).rejects.toMatchObject({ status: 403 });
    const other = (await house.client.write('aminah', { text: 'Habis', as: 'live' })).id;
    await house.client.finish('aminah', other);
    await expect(house.client.say('aminah', other, 'Lagi?')).rejects.toMatchObject({ status: 403 });
  });

  it('a group’s posts are its members’, and nobody’s when the group is disabled', async () => {
    const group = (await house.client.write('aminah', { text: 'Kelab kuih', as: 'group' })).id;
    const post = (await house.client.write('aminah', { text: 'Kuih lapis', group })).id;
    expect(await text('ravi', post)).toBeNull();
    await expect(house.client.write('ravi', { text: 'Hello', group })).rejects.toMatchObject({ status: 404 });
    await house.client.enterGroup('ravi', group);
    expect(await text('ravi', post)).toBe('Kuih lapis');
    expect((await house.client.search('ravi', 'lapis')).posts).toEqual([post]);
    expect((await house.client.search('mei', 'lapis')).posts).toEqual([]);
    expect(await said(await house.perisai.act(group, 'disable'))).toBe('disabled');
    expect(await text('ravi', post)).toBeNull();
    expect((await house.client.search('ravi', 'lapis')).posts).toEqual([]);
    await house.perisai.act(group, 'restore');
    await house.client.leaveGroup('ravi', group);
    expect(await text('ravi', post)).toBeNull();
  });

  it('an advertisement says where it leads, to Perisai too', async () => {
    await expect(house.client.write('ravi', { text: 'Cheap!', as: 'ad', link: 'https://elsewhere.test/' })).rejects.toMatchObject({
      code: 'link',
    });
    const ad = (await house.client.write('ravi', { text: 'Bicycle bells', as: 'ad', link: 'https://bells.example/buy' })).id;
    expect(house.perisai.heard.screens.at(-1)?.['item']).toMatchObject({
      surface: 'ads',
      text: 'Bicycle bells\nhttps://bells.example/buy',
    });
    expect((await house.client.search(null, '')).ads).toEqual([ad]);
    await house.perisai.act(ad, 'disable');
    expect((await house.client.search(null, '')).ads).toEqual([]);
  });

  const hanging = async (attachment: string) => {
    await house.client.write('ravi', { text: 'Tea time', attachment });
    const item = house.perisai.heard.screens.at(-1)?.['item'] as { media: Record<string, string>[] };
    const page = await fetch(`${house.warung.url}/attachments/${attachment}`);
    return { media: item.media[0], bytes: Buffer.from(await page.arrayBuffer()) };
  };

  it('a file that hangs on a post goes to Perisai as bytes', async () => {
    const { media, bytes } = await hanging('altered-video');
    expect(media).toEqual({ type: 'video/webm', bytes: bytes.toString('base64') });
  });

  it('a picture goes by its address, which gives it to whoever has all of it, and to nobody else', async () => {
    const { media, bytes } = await hanging('cup');
    const { url = '', ...rest } = media ?? {};
    expect(rest).toEqual({ type: 'image/png', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
    for (const other of [
      `${url.slice(0, -1)}x`,
      url.replace('/cup/', '/portrait/'),
      url.replace(/\/(\d+)\//, (_, until) => `/${Number(until) + 1}/`),
    ])
      expect([other, (await fetch(other)).status]).toEqual([other, 404]);
  });

  it('for Malaysia alone: who reads from elsewhere still reads it', async () => {
    const post = (await house.client.write('aminah', { text: 'Hanya di sini' })).id;
    expect(await said(await house.perisai.act(post, 'remove', { territory: 'MY' }))).toBe('removed');
    expect([await text('ravi', post), await text('jauh', post), await text(null, post)]).toEqual([null, 'Hanya di sini', null]);
    expect((await house.client.search('jauh', 'hanya di sini')).posts).toEqual([post]);
    expect((await house.client.search('ravi', 'hanya di sini')).posts).toEqual([]);
    await house.perisai.act(post, 'remove', { territory: 'everywhere' });
    expect(await text('jauh', post)).toBeNull();
  });

  it('what Warung doesn’t know is not done, and that is what it says', async () => {
    const post = (await house.client.write('aminah', { text: 'Biasa sahaja' })).id;
    expect(await said(await house.perisai.act(post, 'turn-upside-down'))).toBe('visible');
    expect(await said(await house.perisai.act(post, 'interrupt'))).toBe('visible');
    expect(await said(await house.perisai.act(await idOf('mei'), 'rename-account', { of: 'account' }))).toBe('active');
    const before = house.perisai.heard.acknowledgements.length;
    expect((await house.perisai.act(post, 'remove', { of: 'planet' })).status).toBe(204);
    const after = await said(await house.perisai.act(post, 'remove'));
    expect([after, house.perisai.heard.acknowledgements.length]).toEqual(['removed', before + 1]);
  });
});

describe('the standing of an account', () => {
  it('warned: writes on. Restricted: reads, and does not write. Reinstated: writes again', async () => {
    const account = await idOf('kavitha');
    expect(await said(await house.perisai.act(account, 'warn', { of: 'account' }))).toBe('warned');
    expect((await house.client.write('kavitha', { text: 'வணக்கம்' })).state).toBe('visible');
    expect(await said(await house.perisai.act(account, 'restrict-account', { of: 'account' }))).toBe('restricted');
    await expect(house.client.write('kavitha', { text: 'மீண்டும்' })).rejects.toMatchObject({ status: 403, code: 'restricted' });
    const late = await house.perisai.act(account, 'reinstate-account', { of: 'account', seq: 1 });
    expect(await said(late)).toBe('restricted');
    expect(await said(await house.perisai.act(account, 'reinstate-account', { of: 'account' }))).toBe('active');
    expect((await house.client.write('kavitha', { text: 'மீண்டும்' })).state).toBe('visible');
  });

  it('suspended and terminated: doesn’t come in, and reads at the door why and where to appeal', async () => {
    const enter = () =>
      fetch(`${house.warung.url}/enter`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'account=mei',
      });
    expect((await enter()).status).toBe(303);
    const account = await idOf('mei');
    expect(await said(await house.perisai.act(account, 'suspend-account', { of: 'account' }))).toBe('suspended');
    await house.perisai.send('notice.issued', {
      notice: 'one',
      to: { account },
      role: 'author',
      language: 'zh',
      title: '您的账户暂时停用',
      body: '原因在此。',
      statement_url: null,
      appeal_url: `${house.perisai.url}/appeal/1`,
      inquiry_url: `${house.perisai.url}/inquiry/1`,
      about: {},
    });
    const door = await enter();
    const page = await door.text();
    expect(door.status).toBe(403);
    for (const told of ['这个账户暂时停用', '原因在此', '询问原因', `${house.perisai.url}/appeal/1`, `${house.perisai.url}/inquiry/1`])
      expect(page).toContain(told);
    await expect(house.client.write('mei', { text: '喂' })).rejects.toMatchObject({ code: 'closed' });
    const inside = await fetch(`${house.warung.url}/inbox`, { headers: { cookie: 'warung_account=mei' } });
    expect(inside.status).toBe(401);
    await house.perisai.act(account, 'reinstate-account', { of: 'account' });
    expect((await enter()).status).toBe(303);
    expect(await said(await house.perisai.act('nobody', 'terminate-account', { of: 'account' }))).toBe('gone');
  });
});
