import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sent } from './fake-perisai.ts';
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

const told = (sent: Sent, nth = 1) => house.perisai.acknowledgement(sent.action?.action, nth);
const acknowledged = (action: string | undefined) => house.perisai.heard.acknowledgements.filter((each) => each.action === action);

describe('what Perisai asks for', () => {
  it('hides, removes and restores a post, and is acknowledged each time with the state it then has', async () => {
    const post = await house.client.write('aminah', { text: 'Roti canai pagi ini garing betul' });
    expect(post.state).toBe('visible');
    for (const [act, state, word] of [
      ['make-inaccessible', 'hidden', 'inaccessible'],
      ['remove', 'removed', 'removed'],
      ['restore', 'visible', 'visible'],
    ] as const) {
      const sent = await house.perisai.act(post.id, act);
      expect(sent.status).toBe(204);
      expect(await told(sent)).toEqual({ action: sent.action?.action, target_seq: sent.action?.target_seq, state: word });
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
    const sent = await house.perisai.act(post.id, 'label', { label: 'misleading' });
    expect((await told(sent)).state).toBe('labelled');
    expect(await house.client.look('mei', post.id)).toMatchObject({ state: 'labelled', label: 'misleading', text: 'Gambar ini lucu' });
  });

  it('sends an acknowledgement again when its answer was lost on the way', async () => {
    const post = await house.client.write('aminah', { text: 'Kopi O kaw' });
    const tries = new Map<string, number>();
    house.perisai.mood = ({ url }) => {
      tries.set(url, (tries.get(url) ?? 0) + 1);
      return url.includes('acknowledgements') && (tries.get(url) ?? 0) <= 2 ? 'lose' : 'answer';
    };
    const sent = await house.perisai.act(post.id, 'remove');
    expect(await told(sent)).toMatchObject({ state: 'removed' });
    expect(acknowledged(sent.action?.action)).toHaveLength(3);
  });

  it('applies a webhook that comes twice only once', async () => {
    const post = await house.client.write('aminah', { text: 'Nasi lemak sambal sotong' });
    const first = await house.perisai.act(post.id, 'remove');
    await house.perisai.act(post.id, 'restore');
    const second = await house.perisai.send('action.requested', first.action, { id: first.id });
    expect(second.status).toBe(204);
    await told(first, 2);
    expect((await house.client.look('ravi', post.id)).state).toBe('visible');
  });

  it('ignores a target_seq that is not above the last, and acknowledges it with the present state and the newest target_seq', async () => {
    const post = await house.client.write('aminah', { text: 'Cendol durian' });
    await house.perisai.act(post.id, 'remove', { seq: 7 });
    const late = await house.perisai.act(post.id, 'restore', { seq: 5 });
    expect(await told(late)).toMatchObject({ target_seq: 7, state: 'removed' });
    expect((await house.client.look('ravi', post.id)).state).toBe('removed');
  });

  it('answers that a post is gone when its author deleted it, or when there never was one', async () => {
    const post = await house.client.write('aminah', { text: 'Sekejap sahaja' });
    await house.client.erase('aminah', post.id);
    for (const target of [post.id, randomUUID(), 'not-ours']) {
      const sent = await house.perisai.act(target, 'remove');
      expect(sent.status).toBe(204);
      expect((await told(sent)).state).toBe('gone');
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
    const sent = await house.perisai.act(post.id, 'remove');
    expect((await told(sent)).state).toBe('visible');
    expect(house.perisai.actions.get(sent.action?.action ?? '')?.acknowledged).toBe('mismatch');
    await house.client.weather('fine');
    // How often the weather was bad again before it changed is its own affair; the last word is the right one.
    let nth = 2;
    while ((await told(sent, nth)).state === 'visible') nth += 1;
    expect((await told(sent, nth)).state).toBe('removed');
  });

  it('answers 503 while it is down, and afterwards fetches what it missed', async () => {
    const post = await house.client.write('aminah', { text: 'Elektrik terputus' });
    await house.client.weather('down');
    const sent = await house.perisai.act(post.id, 'remove');
    expect(sent.status).toBe(503);
    expect((await house.client.look('ravi', post.id)).state).toBe('visible');
    await house.client.weather('fine');
    expect((await told(sent)).state).toBe('removed');
  });
});
