import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { House } from './house.ts';
import { openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());
beforeEach(async () => {
  house.perisai.mood = () => 'answer';
  await house.client.weather('fine');
});

const acknowledged = (action: string | undefined) => house.perisai.heard.acknowledgements.filter((each) => each.action === action);

describe('what Perisai asks for', () => {
  it('hides, removes and restores a post, and is acknowledged each time with the state it then has', async () => {
    const post = await house.client.write('aminah', { text: 'Roti canai pagi ini garing betul' });
    expect(post.state).toBe('visible');
    for (const [act, state, told] of [
      ['make-inaccessible', 'hidden', 'inaccessible'],
      ['remove', 'removed', 'removed'],
      ['restore', 'visible', 'visible'],
    ] as const) {
      const next = house.perisai.nextAcknowledgement();
      const sent = await house.perisai.act(post.id, act);
      expect(sent.status).toBe(204);
      expect(await next).toEqual({ action: sent.action?.action, target_seq: sent.action?.target_seq, state: told });
      expect((await house.client.look('ravi', post.id)).state).toBe(state);
    }
    expect((await house.client.look('ravi', post.id)).text).toBe('Roti canai pagi ini garing betul');
  });

  it('shows a removed post’s text to nobody but its author', async () => {
    const post = await house.client.write('aminah', { text: 'Untuk dibuang' });
    await house.perisai.act(post.id, 'remove');
    expect((await house.client.look('ravi', post.id)).text).toBeNull();
    expect((await house.client.look(null, post.id)).text).toBeNull();
    expect((await house.client.look('aminah', post.id)).text).toBe('Untuk dibuang');
  });

  it('labels a post, and its label is seen with its text', async () => {
    const post = await house.client.write('aminah', { text: 'Gambar ini lucu' });
    const next = house.perisai.nextAcknowledgement();
    await house.perisai.act(post.id, 'label', { label: 'misleading' });
    expect((await next).state).toBe('labelled');
    expect(await house.client.look('mei', post.id)).toMatchObject({ state: 'labelled', label: 'misleading', text: 'Gambar ini lucu' });
  });

  it('sends an acknowledgement again when its answer was lost on the way', async () => {
    const post = await house.client.write('aminah', { text: 'Kopi O kaw' });
    let losses = 2;
    house.perisai.mood = (request) => (request.url.includes('acknowledgements') && losses-- > 0 ? 'lose' : 'answer');
    const next = house.perisai.nextAcknowledgement();
    const sent = await house.perisai.act(post.id, 'remove');
    expect(await next).toMatchObject({ action: sent.action?.action, state: 'removed' });
    expect(acknowledged(sent.action?.action)).toHaveLength(3);
  });

  it('applies a webhook that comes twice only once', async () => {
    const post = await house.client.write('aminah', { text: 'Nasi lemak sambal sotong' });
    const first = await house.perisai.act(post.id, 'remove');
    await house.perisai.act(post.id, 'restore');
    const again = house.perisai.nextAcknowledgement();
    const second = await house.perisai.send('action.requested', first.action, { id: first.id });
    expect(second.status).toBe(204);
    await again;
    expect((await house.client.look('ravi', post.id)).state).toBe('visible');
  });

  it('ignores a target_seq that is not above the last, and acknowledges it with the present state and the newest target_seq', async () => {
    const post = await house.client.write('aminah', { text: 'Cendol durian' });
    await house.perisai.act(post.id, 'remove', { seq: 7 });
    const next = house.perisai.nextAcknowledgement();
    const late = await house.perisai.act(post.id, 'restore', { seq: 5 });
    expect(await waitFor(next, late.action?.action)).toMatchObject({ target_seq: 7, state: 'removed' });
    expect((await house.client.look('ravi', post.id)).state).toBe('removed');
  });

  it('answers that a post is gone when its author deleted it, or when there never was one', async () => {
    const post = await house.client.write('aminah', { text: 'Sekejap sahaja' });
    await house.client.erase('aminah', post.id);
    for (const target of [post.id, randomUUID(), 'not-ours']) {
      const next = house.perisai.nextAcknowledgement();
      const sent = await house.perisai.act(target, 'remove');
      expect(sent.status).toBe(204);
      expect((await next).state).toBe('gone');
    }
    expect((await house.client.look('aminah', post.id)).state).toBe('deleted');
  });

  it('answers 401 to a webhook that was not signed by Perisai, or long ago, and changes nothing', async () => {
    const post = await house.client.write('aminah', { text: 'Teh tarik kurang manis' });
    const stranger = `whsec_${Buffer.from('a stranger').toString('base64')}`;
    const { action } = await house.perisai.act(post.id, 'remove', { send: false });
    expect((await house.perisai.send('action.requested', action, { secret: stranger })).status).toBe(401);
    expect((await house.perisai.send('action.requested', action, { at: new Date(Date.now() - 600_000) })).status).toBe(401);
    const unsigned = await fetch(house.perisai.hooks, { method: 'POST', body: JSON.stringify({ type: 'action.requested', data: action }) });
    expect(unsigned.status).toBe(401);
    expect((await house.client.look('ravi', post.id)).state).toBe('visible');
    expect(acknowledged(action?.action)).toEqual([]);
  });

  it('acknowledges the wrong state in bad weather, and the right one after it', async () => {
    const post = await house.client.write('aminah', { text: 'Hujan lebat di Klang' });
    await house.client.weather('wrong');
    const wrong = house.perisai.nextAcknowledgement();
    const sent = await house.perisai.act(post.id, 'remove');
    expect((await wrong).state).toBe('visible');
    expect(house.perisai.actions.get(sent.action?.action ?? '')?.acknowledged).toBe('mismatch');
    const right = waitFor(house.perisai.nextAcknowledgement(), sent.action?.action);
    await house.client.weather('fine');
    expect((await right).state).toBe('removed');
  });

  it('answers 503 while it is down, and afterwards fetches what it missed', async () => {
    const post = await house.client.write('aminah', { text: 'Elektrik terputus' });
    await house.client.weather('down');
    const sent = await house.perisai.act(post.id, 'remove');
    expect(sent.status).toBe(503);
    expect((await house.client.look('ravi', post.id)).state).toBe('visible');
    const next = waitFor(house.perisai.nextAcknowledgement(), sent.action?.action);
    await house.client.weather('fine');
    expect((await next).state).toBe('removed');
  });
});

/** The first acknowledgement of this action: those of other tests' actions may still be coming in. */
async function waitFor(
  next: ReturnType<House['perisai']['nextAcknowledgement']>,
  action: string | undefined,
): ReturnType<House['perisai']['nextAcknowledgement']> {
  let told = await next;
  while (told.action !== action) told = await house.perisai.nextAcknowledgement();
  return told;
}
