import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../../test/desk.ts';
import { play, post } from '../../../test/play.ts';
import { openReceiver, type Receiver } from '../../../test/receiver.ts';
import { dispatchDue } from '../../foundation/outbox/dispatch.ts';
import { moderationDispatch } from '../../procedure/moderation/index.ts';
import { registerService } from '../../procedure/setup/service.ts';

let desk: TestDesk;
let receiver: Receiver;
let intan: Visitor;
beforeAll(async () => {
  [desk, receiver] = [await openDesk({ seed: 'deliveries' }), await openReceiver()];
  await registerService(desk.house, { slug: 'warung', name: 'Warung', languages: ['ms'], webhookUrl: receiver.url });
  intan = await desk.logIn('intan');
});
afterAll(async () => {
  await receiver.close();
  await desk.close();
});

test('says so where nothing was sent', async () => {
  const page = await intan.page('/desk/deliveries');
  expect([page.includes('Every webhook arrives'), page.includes('No tries yet')]).toEqual([true, true]);
});

test('a webhook that was given up is found from the order that waits, with what the platform answered, and goes out again by a button', async () => {
  const { house } = desk;
  receiver.answer = (_heard, response) => void response.writeHead(410).end('moved for <good>');
  await play(house).report(post('d1'), { harm: 'scam' });
  await dispatchDue(moderationDispatch(house));
  const link = /href="(\/desk\/deliveries\?message=[0-9a-f-]+)"/.exec(await intan.page('/desk/enforcement'))?.[1] as string;
  const page = await intan.page(link);
  expect(page).toMatch(/Webhooks that do not arrive[\s\S]*Order to the platform · warung[\s\S]*HTTP 410[\s\S]*Given up/);
  expect(page).toContain('<code lang="">moved for &lt;good&gt;</code>');
  const act = /action="(\/desk\/deliveries\/[0-9a-f-]+\/replay)"/.exec(page)?.[1] as string;

  receiver.answer = (_heard, response) => void response.writeHead(204).end();
  const answer = await intan.post(act);
  expect(answer.status).toBe(303);
  const sent = await intan.page(answer.headers.get('location') as string);
  expect(sent).toContain('goes out again now');
  await dispatchDue(moderationDispatch(house));
  expect(receiver.heard).toHaveLength(2);
  expect(await intan.page(link)).toMatch(/Received, not done yet[\s\S]*HTTP 204[\s\S]*Given up/);
});

test('a moderator reads it and has no button', async () => {
  desk.house.clock.advance(1_000);
  receiver.answer = (_heard, response) => void response.writeHead(410).end();
  await play(desk.house).report(post('d2'), { harm: 'scam' });
  await dispatchDue(moderationDispatch(desk.house));
  const page = await (await desk.logIn('awan')).page('/desk/deliveries');
  expect([page.includes('Given up'), page.includes('/replay')]).toEqual([true, false]);
});
