import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../stage/staff-client.ts';
import { buildStage, type Stage } from '../stage.ts';
import { type Cast, openCast } from './cast.ts';
import { until } from './teller.ts';

/** One Perisai and one Warung for all seven; each story leaves the queue as empty as it found it. */
let stage: Stage;
let cast: Cast;
beforeAll(async () => {
  stage = await buildStage({ origin: 'demo/story' });
  cast = await openCast(stage);
  for (const [handle, language] of [
    ['badrul', 'ms'],
    ['aminah', 'ms'],
    ['ravi', 'ta'],
    ['mei', 'zh'],
  ] as const)
    await cast.warung.join({ handle, name: handle, language });
}, 60_000);
afterAll(() => stage.stop());
afterEach(() => cast.nothingWaits());

/** The file that hangs on a post, as Warung gives it to its readers. */
async function hung(attachment: string): Promise<Buffer> {
  const answer = await fetch(`${stage.warung}/attachments/${attachment}`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

test('child abuse material is known by its hash: nobody sees it, it comes before all that waits, and is decided without being shown', async () => {
  const { warung, first, reviewer, other } = cast;
  const older = await warung.write('aminah', { text: 'Nasi lemak dia tak sedap langsung.' });
  await warung.report('ravi', older.id, { harm: 'bullying-hate', language: 'ta', text: 'இது புண்படுத்துகிறது.' });
  const post = await warung.write('badrul', { text: 'Fail untuk latihan.', attachment: 'drill-csam' });
  expect(post.state).toBe('hidden');
  expect((await warung.look('aminah', post.id)).text).toBeNull();
  await cast.nothingWaits();

  const taken = await cast.takeNext(reviewer);
  const page = await reviewer.read(`/desk/cases/${taken}`);
  expect(page).toContain('csam.material');
  expect(page).not.toContain('Fail untuk latihan');
  await reviewer.decide(taken, {
    determination: 'remove',
    clause: 'csam.material',
    reason: 'Fail ini sepadan dengan senarai cincangan.',
  });
  await other.agree();
  await cast.shows('badrul', post.id, 'removed');
  await cast.nothingWaits();
  const life = await reviewer.read(`/desk/cases/${taken}`);
  expect(life).not.toContain('Fail untuk latihan');

  const waited = await cast.takeNext(first);
  expect(waited).not.toBe(taken);
  await first.decide(waited, { determination: 'none', clause: '', reason: 'Ulasan makanan biasa.' });
  await cast.told('ravi', ({ about }) => about.decision !== undefined);
});

test('an intimate picture is reported by whom it shows, without an account: they follow it with code and PIN to its removal and the answer', async () => {
  const { warung, first } = cast;
  const post = await warung.write('badrul', { text: 'Tengok gambar bekas kawan saya ini.', attachment: 'portrait' });
  expect(post.state).toBe('visible');
  const report = await warung.report(null, post.id, { harm: 'intimate-image', language: 'ta', text: 'என் அனுமதியின்றிப் பகிரப்பட்டது.' });
  const browser = openBrowser(stage.perisai.url);
  const path = `/report/${report.contact_code}`;
  const status = async (pin: string | null) => (await browser.send(path, path, { pin: pin ?? '' }, [200, 403])).text;
  const wrong = report.pin === '000000' ? '000001' : '000000';
  expect(await status(wrong)).not.toContain('<article');

  const taken = await cast.takeNext(first);
  // Warung handed the picture in by its address: it is fetched a moment after the report was received, and the copy is whole.
  await until('the picture to be kept', async () => {
    const life = await first.read(`/desk/cases/${taken}`);
    return life.includes('media.kept') && !/Snapshot incomplete|Salinan tidak lengkap/.test(life);
  });
  // What was reported is what is looked at before anything is decided: each byte of it.
  expect(await first.files(taken)).toEqual([{ type: 'image/png', bytes: await hung('portrait') }]);
  await first.hide(taken, 'intimate.shared-without-consent');
  await cast.shows('badrul', post.id, 'hidden');
  await first.decide(taken, {
    determination: 'remove',
    clause: 'intimate.shared-without-consent',
    reason: 'Gambar ini dikongsi tanpa izin orang di dalamnya.',
  });
  await cast.shows('badrul', post.id, 'removed');
  expect((await warung.look('aminah', post.id)).text).toBeNull();
  const page = await until('the answer to stand on the status page', async () => {
    const text = await status(report.pin);
    // The receipt is the first letter, the answer the second.
    return text.split('<article').length > 2 ? text : null;
  });
  expect(page).toMatch(/\p{Script=Tamil}/u);
  const author = await cast.told('badrul', ({ body }) => body.includes('tanpa izin'));
  expect(author.body).not.toContain(String(report.contact_code));
});

test('a scam campaign of many posts and accounts ends with every post removed and every account held to the ladder', async () => {
  const { warung, first } = cast;
  const accounts = ['untung_a', 'untung_b', 'untung_c'];
  for (const handle of accounts) await warung.join({ handle, name: handle, language: 'ms' });
  const posts: { by: string; id: string }[] = [];
  for (const [n, by] of [...accounts, ...accounts].entries()) {
    const text = `TAHNIAH! Anda menang RM10,000 (${n}). Bayar RM50 untuk proses dan tuntut hadiah di https://tebus-hadiah.example/tuntut`;
    const { id, state } = await warung.write(by, { text });
    expect(state).toBe('hidden');
    posts.push({ by, id });
  }
  for (const _ of posts) {
    const taken = await cast.takeNext(first);
    await first.decide(taken, {
      determination: 'remove',
      clause: 'scam.prize',
      reason: 'Hantaran ini menjanjikan hadiah palsu.',
      measure: 'suggested',
    });
  }
  for (const { by, id } of posts) await cast.shows(by, id, 'removed');
  await cast.nothingWaits();
  for (const handle of accounts) {
    const { id, standing } = (await warung.accounts()).find((each) => each.handle === handle) ?? { id: '', standing: 'active' };
    expect(standing).not.toBe('active');
    expect((await cast.ask(`/v1/accounts/${id}/standing`))['strikes']).toBeDefined();
    await cast.told(handle, ({ body }) => body.includes('hadiah palsu'));
  }
});

test('a report of hate in mixed Malay and Tamil is dismissed; the reporter inquires, it is sent to appeal, and another person removes the post', async () => {
  const { warung, first, second } = cast;
  const post = await warung.write('badrul', { text: 'Orang macam ini, இவர்கள் எல்லாம், tak layak duduk kampung kita.' });
  const { report } = await warung.report('ravi', post.id, { harm: 'bullying-hate', language: 'ta', text: 'எங்கள் மக்களை இழிவுபடுத்துகிறது.' });
  const taken = await cast.takeNext(first);
  await first.dismiss(taken, { report: report as string, ground: 'trivial', because: 'Ini rungutan tentang jiran.' });
  await first.decide(taken, { determination: 'none', clause: '', reason: 'Ini rungutan tentang jiran.' });
  const dismissal = await cast.told('ravi', ({ about, body }) => about.report === report && body.includes('Ini rungutan'));
  expect(dismissal).toMatchObject({ language: 'ta', role: 'reporter' });
  expect(dismissal.body).toMatch(/\p{Script=Tamil}/u);

  // Act 866 s.21: within fifteen days whoever reported asks why, and a person answers.
  const ravi = (await warung.accounts()).find(({ handle }) => handle === 'ravi');
  const asked = await cast.send('/v1/inquiries', {
    report,
    by: { account: { id: ravi?.id } },
    role: 'reporter',
    text: 'இது ஒரு இனத்தைப் பற்றியது; ஏன் சிறியது?',
    language: 'ta',
  });
  const [inquiry = ''] = await until('the inquiry to arrive', async () => {
    const waiting = await first.inquiries();
    return waiting.length > 0 ? waiting : null;
  });
  expect(inquiry).toBe(asked['inquiry']);
  expect(await first.read(`/desk/inquiries/${inquiry}`)).toContain('இது ஒரு இனத்தைப் பற்றியது');
  // Who dismissed it cannot put it right alone, but can send it on.
  expect(await first.answerInquiry(inquiry, { outcome: 'corrected', reason: 'Saya silap.' })).toBe(403);
  expect(await first.answerInquiry(inquiry, { outcome: 'appeal', reason: 'Orang lain patut melihatnya.' })).toBe(303);
  await cast.told('ravi', ({ body }) => body.includes('Orang lain patut melihatnya.'));

  const [appeal = ''] = await until('the appeal to arrive', async () => {
    const waiting = await second.appeals();
    return waiting.length > 0 ? waiting : null;
  });
  const ruling = { outcome: 'overturned', determination: 'remove', clause: 'hate.race', reason: 'Ia menghina satu kaum.' } as const;
  expect(await first.decideAppeal(appeal, ruling)).toBe(403);
  expect(await second.decideAppeal(appeal, ruling)).toBe(303);
  await cast.shows('badrul', post.id, 'removed');
  await cast.told('badrul', ({ body }) => body.includes('menghina satu kaum'));
  await cast.told('ravi', ({ body }) => body.includes('menghina satu kaum'));
  expect(await cast.ask(`/v1/inquiries/${inquiry}`)).toMatchObject({ report, outcome: 'appeal', appeal });
});

test('a live session that calls for terror is interrupted before anybody hears the call, and nothing more is said in it', async () => {
  const { warung, first, second } = cast;
  const live = await warung.write('badrul', { text: 'Sembang malam', as: 'live' });
  expect((await warung.say('badrul', live.id, 'Selamat malam semua.')).state).toBe('visible');
  await warung.say('badrul', live.id, 'Join the caliphate, pledge allegiance to ISIS. Death to infidels, race war now!');
  const taken = await cast.takeNext(first);
  const page = await first.read(`/desk/cases/${taken}`);
  expect(page).toContain('terrorism.promotion');
  if ((await warung.look('badrul', live.id)).state === 'visible') await first.hide(taken, 'terrorism.promotion');
  await cast.shows('badrul', live.id, 'interrupted');
  expect((await warung.look('aminah', live.id)).text).toBeNull();
  await expect(warung.say('badrul', live.id, 'Sambung.')).rejects.toMatchObject({ status: 403 });
  await first.decide(taken, { determination: 'interrupt', clause: 'terrorism.promotion', reason: 'Siaran ini menyeru kepada keganasan.' });
  await second.agree();
  await cast.told('badrul', ({ body }) => body.includes('menyeru kepada keganasan'));
  await cast.shows('badrul', live.id, 'interrupted');
  expect(await first.read('/desk/clocks')).toContain('Tiada janji yang dilanggar');
});

test('what may harm a child is reported by a parent, protected first, and the parent has the answer in their language', async () => {
  const { warung, first } = cast;
  const post = await warung.write('badrul', { text: 'Siapa berani cuba cabaran tahan nafas? Jangan beritahu ibu bapa.' });
  const { report } = await warung.report('mei', post.id, {
    harm: 'child-harm',
    language: 'zh',
    text: '我的孩子在学校跟着做。',
    for_child: 'parent',
  });
  const taken = await cast.takeNext(first);
  if ((await warung.look('badrul', post.id)).state !== 'hidden') await first.hide(taken, 'child.challenge');
  await cast.shows('badrul', post.id, 'hidden');
  await first.decide(taken, { determination: 'remove', clause: 'child.challenge', reason: 'Cabaran ini boleh mencederakan kanak-kanak.' });
  await cast.shows('badrul', post.id, 'removed');
  const answer = await cast.told('mei', ({ about }) => about.report === report && about.decision !== undefined);
  expect(answer.language).toBe('zh');
  expect(answer.title).toMatch(/\p{Script=Han}/u);
  const author = await cast.told('badrul', ({ body }) => body.includes('mencederakan kanak-kanak'));
  expect(author.body).not.toContain('mei');
});

test('an altered video stays, with a label for everybody', async () => {
  const { warung, first } = cast;
  const post = await warung.write('badrul', { text: 'Datuk bandar menari di pasar!', attachment: 'altered-video' });
  const { report } = await warung.report('mei', post.id, { harm: 'manipulated-media', language: 'zh', text: '嘴形对不上。' });
  const taken = await cast.takeNext(first);
  expect(await first.files(taken)).toEqual([{ type: 'video/webm', bytes: await hung('altered-video') }]);
  await first.decide(taken, {
    determination: 'label',
    clause: 'manipulated.undisclosed',
    reason: 'Video ini diubah dan tidak dinyatakan.',
  });
  await cast.shows('badrul', post.id, 'labelled');
  expect(await warung.look('aminah', post.id)).toMatchObject({ state: 'labelled', text: 'Datuk bandar menari di pasar!' });
  expect((await warung.look(null, post.id)).label).not.toBeNull();
  await cast.told('badrul', ({ body }) => body.includes('diubah dan tidak dinyatakan'));
  await cast.told('mei', ({ about }) => about.report === report && about.decision !== undefined);
});
