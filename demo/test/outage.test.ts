import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWarung } from '../src/warung.ts';
import type { House } from './house.ts';
import { openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());
beforeEach(() => {
  house.perisai.mood = () => 'answer';
});

/** Looks until `wanted` holds; each look is a request, so this waits for the process and not for the clock. */
async function until<T>(look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
  }
}

describe('screening before publishing', () => {
  it('publishes what is allowed or put to review, and keeps back what is withheld', async () => {
    expect((await house.client.write('aminah', { text: 'Selamat pagi semua' })).state).toBe('visible');
    expect((await house.client.write('aminah', { text: 'Tolong semak ini' })).state).toBe('visible');
    const bad = await house.client.write('aminah', { text: 'Tuntut hadiah anda di https://hadiah.example/a' });
    expect(bad.state).toBe('hidden');
    expect(bad.statement).toContain('/statement/');
    expect((await house.client.look('ravi', bad.id)).text).toBeNull();
    expect((await house.client.look('aminah', bad.id)).text).toContain('hadiah');
  });

  it('tells Perisai exactly what the API knows of a comment', async () => {
    const post = await house.client.write('ravi', { text: 'Best mee goreng in Ipoh?' });
    const comment = await house.client.write('kavitha', { text: 'கடை வீதியில் நல்ல கடை', parent: post.id });
    const [ravi, kavitha] = await Promise.all(
      ['ravi', 'kavitha'].map(async (handle) => (await house.client.accounts()).find((each) => each.handle === handle)),
    );
    expect(house.perisai.heard.screens.at(-1)).toEqual({
      item: {
        id: comment.id,
        kind: 'comment',
        surface: 'public-feed',
        revision: '1',
        author: { id: kavitha?.id, handle: 'kavitha', language: 'ta' },
        text: 'கடை வீதியில் நல்ல கடை',
        parent: post.id,
        created_at: expect.stringMatching(/Z$/),
        url: `${house.warung.url}/posts/${comment.id}`,
      },
    });
    expect(ravi?.id).not.toBe(kavitha?.id);
  });

  it('screens an edit again as a new revision', async () => {
    const post = await house.client.write('aminah', { text: 'Asal' });
    const edited = await house.client.edit('aminah', post.id, 'Menang hadiah: https://hadiah.example/b');
    expect(edited).toMatchObject({ revision: 2, state: 'hidden' });
    expect(house.perisai.heard.screens.at(-1)).toMatchObject({ item: { id: post.id, revision: '2' } });
  });

  it('keeps a measure on an edited post until a decision lifts it', async () => {
    const post = await house.client.write('aminah', { text: 'Gambar suntingan' });
    await house.perisai.act(post.id, 'label', { label: 'misleading' });
    expect(await house.client.edit('aminah', post.id, 'Gambar suntingan, diperbetulkan')).toMatchObject({ state: 'labelled', revision: 2 });
    await house.perisai.act(post.id, 'remove');
    await expect(house.client.edit('aminah', post.id, 'Cuba lagi')).rejects.toMatchObject({ status: 403, code: 'not-yours' });
  });

  it('does not screen a private message, and shows it to its two people only', async () => {
    const before = house.perisai.heard.screens.length;
    const message = await house.client.write('aminah', { text: 'hadiah rahsia', to: 'ravi', surface: 'private-message' });
    expect(message.state).toBe('visible');
    expect(house.perisai.heard.screens).toHaveLength(before);
    expect((await house.client.look('ravi', message.id)).text).toBe('hadiah rahsia');
    expect((await house.client.look('mei', message.id)).text).toBeNull();
    await expect(house.client.report('mei', message.id, { harm: 'scam', language: 'zh' })).rejects.toMatchObject({ status: 404 });
    expect((await house.client.report('ravi', message.id, { harm: 'scam', language: 'en' })).state).toBe('received');
  });
});

describe('while Perisai is down', () => {
  it('holds a post back as pending, and publishes it when Perisai is there again', async () => {
    house.perisai.mood = () => 'down';
    const writing = house.client.write('mei', { text: '今天的咖啡很香' });
    await house.perisai.next('screen');
    const post = await writing;
    expect(post.state).toBe('pending');
    expect((await house.client.look('ravi', post.id)).text).toBeNull();
    house.perisai.mood = () => 'answer';
    expect(
      await until(
        () => house.client.look('ravi', post.id),
        (seen) => seen.state !== 'pending',
      ),
    ).toMatchObject({
      state: 'visible',
      text: '今天的咖啡很香',
    });
  });

  it('screens only the newest revision of a post that was edited meanwhile', async () => {
    house.perisai.mood = () => 'down';
    const post = await house.client.write('mei', { text: '第一稿' });
    expect(await house.client.edit('mei', post.id, '第二稿')).toMatchObject({ state: 'pending', revision: 2 });
    house.perisai.mood = () => 'answer';
    await until(
      () => house.client.look('ravi', post.id),
      (seen) => seen.state === 'visible',
    );
    const screened = house.perisai.heard.screens.map((each) => each['item']).filter((item) => (item as { id: string }).id === post.id);
    expect(screened).toMatchObject([{ revision: '2', text: '第二稿' }]);
  });

  it('keeps a report, with the text as its reporter saw it, and delivers it once', async () => {
    const post = await house.client.write('aminah', { text: 'Pelaburan pasti untung' });
    house.perisai.mood = () => 'down';
    const kept = await house.client.report('kavitha', post.id, { harm: 'scam', text: 'இது மோசடி', language: 'ta' });
    expect(kept).toMatchObject({ report: null, state: 'queued', pin: null });
    await house.client.erase('aminah', post.id);
    const heard = house.perisai.heard.reports.length;
    // First it comes back so badly that its answers are lost: the same Idempotency-Key must keep it one report.
    let losses = 2;
    house.perisai.mood = (request) => (request.url === '/v1/reports' && losses-- > 0 ? 'lose' : 'answer');
    const [mine] = await until(
      () => house.client.reports('kavitha'),
      ([first]) => first?.report !== null,
    );
    expect(mine).toMatchObject({
      state: 'under-review',
      pin: expect.stringMatching(/^\d{6}$/),
      status_url: expect.stringContaining('/report/'),
    });
    expect(house.perisai.heard.reports.slice(heard)).toMatchObject([
      {
        item: { text: 'Pelaburan pasti untung', revision: '1' },
        harm: 'scam',
        language: 'ta',
        attested: 'platform',
        reporter: { account: { handle: 'kavitha' } },
      },
    ]);
  });

  it('starts without Perisai, and then learns what was asked of it meanwhile', async () => {
    const posts = await Promise.all(['Satu', 'Dua', 'Tiga'].map((text) => house.client.write('aminah', { text })));
    for (const post of posts) await house.perisai.act(post.id, 'remove', { send: false });
    house.perisai.mood = () => 'deaf';
    const second = await startWarung(house.options);
    try {
      expect((await fetch(`${second.url}/healthz`)).status).toBe(200);
      house.perisai.mood = () => 'answer';
      await until(
        () => Promise.all(posts.map((post) => house.client.look(null, post.id))),
        (seen) => seen.every((post) => post.state === 'removed'),
      );
    } finally {
      await second.stop();
    }
  });
});

describe('what people are told', () => {
  it('reaches the inbox once, however often it is sent, and an appeal goes back once', async () => {
    const aminah = (await house.client.accounts()).find((each) => each.handle === 'aminah');
    const decision = randomUUID();
    const notice = {
      notice: randomUUID(),
      to: { account: aminah?.id },
      role: 'author',
      language: 'ms',
      title: 'Kiriman anda dibuang',
      body: 'Kami membuang kiriman anda.\n\nIa melanggar garis panduan 3.1.',
      statement_url: `${house.perisai.url}/statement/x`,
      appeal_url: `${house.perisai.url}/appeal/x`,
      about: { decision },
    };
    await Promise.all([house.perisai.send('notice.issued', notice), house.perisai.send('notice.issued', notice)]);
    const inbox = (await house.client.inbox('aminah')).filter((each) => each.about.decision === decision);
    expect(inbox).toMatchObject([{ title: 'Kiriman anda dibuang', role: 'author', language: 'ms' }]);
    expect(await house.client.inbox('ravi')).toEqual([]);

    const appealed = await house.client.appeal('aminah', { notice: inbox[0]?.id ?? '', text: 'Ini resipi, bukan penipuan' });
    expect(appealed.appeal).not.toBeNull();
    expect(house.perisai.heard.appeals.at(-1)).toEqual({
      decision,
      by: { account: { id: aminah?.id, handle: 'aminah', language: 'ms' } },
      role: 'author',
      text: 'Ini resipi, bukan penipuan',
      language: 'ms',
    });
    await expect(house.client.appeal('aminah', { decision, text: 'Sekali lagi' })).rejects.toMatchObject({
      status: 409,
      code: 'already-appealed',
    });
  });

  it('puts the acknowledgement of a report into its reporter’s inbox, and drops what is for nobody here', async () => {
    const ravi = (await house.client.accounts()).find((each) => each.handle === 'ravi');
    const told = {
      report: randomUUID(),
      language: 'en',
      status_url: 'x',
      status_by: 'x',
      answer_by: 'x',
      text: { title: 'We have it', body: 'Thank you' },
    };
    expect((await house.perisai.send('report.acknowledged', { ...told, reporter: { account: ravi?.id } })).status).toBe(204);
    expect((await house.perisai.send('report.acknowledged', { ...told, report: randomUUID(), reporter: null })).status).toBe(204);
    expect((await house.perisai.send('something.new', {})).status).toBe(204);
    expect((await house.client.inbox('ravi')).map((each) => each.title)).toEqual(['We have it']);
  });
});
