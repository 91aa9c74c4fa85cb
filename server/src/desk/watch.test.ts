import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../test/desk.ts';
import { hour, minute, play, post } from '../../test/play.ts';
import { notEnforced } from '../enforcement/questions.ts';
import { postpone, takeDue } from '../foundation/outbox/outbox.ts';
import { sweep } from '../procedure/moderation/index.ts';

let desk: TestDesk;
let awan: Visitor;
beforeAll(async () => {
  desk = await openDesk({ seed: 'watch' });
  awan = await desk.logIn('awan');
});
afterAll(() => desk.close());

describe('decided, not enforced', () => {
  test('says so where nothing waits', async () => {
    expect(await awan.page('/desk/enforcement')).toContain('Every decision has been carried out');
  });

  test('names what was asked, how often, what failed, when it is tried again, and what the platform says instead', async () => {
    const { house } = desk;
    const around = play(house);
    const { case: id } = await around.report(post('e1'), { harm: 'scam' });
    await house.db.begin('doors', async (tx) => {
      const now = house.clock.now();
      for (const message of await takeDue(tx, now, now, 10))
        await postpone(tx, message.id, new Date(now.getTime() + 20 * minute), { answered: null, failure: 'HTTP 503' });
    });
    const page = await awan.page('/desk/enforcement');
    expect(page).toContain(`href="/desk/cases/${id}"`);
    expect(page).toMatch(/Hide temporarily[\s\S]*order 1[\s\S]*HTTP 503[\s\S]*in 20 minutes \(today, /);
    const [action] = await house.db.begin('doors', (tx) => notEnforced(tx, 'warung', null, 10));
    if (!action) throw new Error('nothing waits');
    await around.says(action, 'visible');
    expect(await awan.page('/desk/enforcement')).toContain('The platform reported once: visible');
    await around.says(action, 'inaccessible');
    expect(await awan.page('/desk/enforcement')).not.toContain(id);
  });
});

describe('the clocks', () => {
  test('run by due time, each with the law it comes from', async () => {
    await play(desk.house).report(post('c1'), { harm: 'bullying-hate' });
    await desk.house.settle();
    const page = await awan.page('/desk/clocks');
    const due = [...page.matchAll(/<time class="time-left[^"]*" datetime="([^"]+)"/g)].map((found) => found[1] as string);
    expect(due.length).toBeGreaterThan(3);
    expect(due).toEqual([...due].sort());
    expect(page).toMatch(/Protect people<span class="below">Act 866 ss\.22, 23/);
    expect(page).toContain('No promise has been broken');
  });

  test('that were not kept stay in sight with the reason on record, and when they were kept after all', async () => {
    const { house } = desk;
    const around = play(house);
    const { case: id } = await around.report(post('c2'), { harm: 'bullying-hate' });
    house.clock.advance(5 * hour);
    await sweep(house);
    awan = await desk.logIn('awan');
    const late = await awan.page('/desk/clocks');
    expect(late).toMatch(/Not kept in time[\s\S]*Not yet/);
    await awan.post(`/desk/cases/${id}/hide`, { clause: 'bullying.harassment' });
    await around.obey();
    expect(await awan.page('/desk/clocks')).toMatch(/today, \d\d:\d\d, 1 hour late/);
  });

  test('name cases without leading to them where somebody may not see them', async () => {
    const administrator = await desk.logIn('intan');
    const page = await administrator.page('/desk/clocks');
    expect([page.includes('class="code"'), page.includes('href="/desk/cases/')]).toEqual([true, false]);
  });
});
