import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { minute } from '../../test/play.ts';
import { enrolled } from '../../test/staff.ts';
import { type Examined, examine } from '../foundation/doctor.ts';
import { createServiceKey } from '../foundation/http/keys.ts';
import { bury, enqueue, postpone } from '../foundation/outbox/outbox.ts';
import { rotateWebhookSecret } from '../foundation/outbox/secrets.ts';
import { registerService } from '../procedure/setup/service.ts';
import { noteFailure } from '../records/subscriber.sql.ts';
import { operationChecks } from './operation.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

async function find(name: string): Promise<Examined> {
  const check = operationChecks(house).find((one) => one.name === name);
  if (!check) throw new Error(`no check ${name}`);
  return (await examine([check]))[0] as Examined;
}

test('staff: an appeal needs somebody who did not decide, an enrolment an administrator', async () => {
  expect(await find('staff')).toMatchObject({ state: 'bad', says: expect.stringContaining('no staff') });
  await enrolled(house, 'moderator');
  expect(await find('staff')).toMatchObject({ state: 'bad', says: 'There is no administrator.' });
  await enrolled(house, 'administrator');
  expect(await find('staff')).toMatchObject({ state: 'bad', says: expect.stringContaining('1 of 1 moderators') });
  await enrolled(house, 'senior-moderator', 'first');
  // the moderator's decisions can be heard now, the senior moderator's own can't
  expect(await find('staff')).toMatchObject({
    state: 'bad',
    says: expect.stringContaining('1 of 2 moderators'),
    todo: expect.stringContaining('two senior'),
  });
  await enrolled(house, 'senior-moderator', 'second');
  expect(await find('staff')).toMatchObject({ state: 'warn', says: expect.stringContaining('only one administrator') });
  await enrolled(house, 'administrator', 'other');
  expect(await find('staff')).toMatchObject({ state: 'good' });
});

test('two people: what needs two and has nobody to be the second is named', async () => {
  expect(await find('two people')).toMatchObject({ state: 'warn', says: expect.stringContaining('child abuse material. It would') });
  await enrolled(house, 'child-safety-reviewer', 'first');
  expect(await find('two people')).toMatchObject({ state: 'warn' });
  await enrolled(house, 'child-safety-reviewer', 'second');
  // Two decide; who overturns it, and who agrees to that, are two others.
  const unheard = (what: string) => ({ state: 'warn', says: expect.stringContaining(`not upheld: ${what}. It takes four people`) });
  expect(await find('two people')).toMatchObject(unheard('child abuse material; terrorism'));
  for (const name of ['third', 'fourth']) await enrolled(house, 'child-safety-reviewer', name);
  expect(await find('two people')).toMatchObject(unheard('terrorism'));
  await enrolled(house, 'lead');
  expect(await find('two people')).toMatchObject({ state: 'good' });
});

test('two people: one person alone who may accredit an organisation, or write guidelines and rules, is named until there is another', async () => {
  const alone = await testHouse({ seed: 'one administrator' });
  try {
    const [check] = operationChecks(alone).filter(({ name }) => name === 'two people');
    const found = async () => (await examine([check as NonNullable<typeof check>]))[0];
    for (const role of ['administrator', 'moderator', 'lead', 'child-safety-reviewer'] as const) await enrolled(alone, role);
    for (const name of ['second', 'third', 'fourth']) await enrolled(alone, 'child-safety-reviewer', name);
    expect(await found()).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('Neither guidelines nor screening rules can change'),
    });
    await enrolled(alone, 'senior-moderator');
    await enrolled(alone, 'lead', 'other lead');
    expect(await found()).toMatchObject({
      state: 'warn',
      says: expect.stringMatching(/^No trusted flagger can be accredited/),
      todo: expect.stringContaining('compliance officer'),
    });
    await enrolled(alone, 'compliance-officer');
    expect(await found()).toMatchObject({ state: 'good' });
  } finally {
    await alone.close();
  }
});

test('services: each has a webhook that is signed, and a key', async () => {
  expect(await find('services')).toMatchObject({ state: 'bad', says: expect.stringContaining('warung has no webhook address') });
  await registerService(house, { slug: 'warung', name: 'Warung', languages: ['ms'], webhookUrl: 'https://warung.example/hooks' });
  expect(await find('services')).toMatchObject({ state: 'bad', todo: 'perisai webhook rotate --service warung' });
  await house.db.begin('doors', (tx) =>
    rotateWebhookSecret(tx, house.keyEncryption, {
      id: house.ids.next(),
      service: 'warung',
      secret: house.random.bytes(32),
      now: house.clock.now(),
      overlapMs: 0,
    }),
  );
  expect(await find('services')).toMatchObject({ state: 'warn', says: expect.stringContaining('no key') });
  const notAfter = new Date(house.clock.now().getTime() + minute);
  await house.db.begin('doors', (tx) => createServiceKey(tx, house, { service: 'warung', label: 'x', scopes: ['read'], notAfter }));
  expect(await find('services')).toMatchObject({ state: 'good' });
  house.clock.advance(minute);
  expect(await find('services')).toMatchObject({ state: 'warn' });
});

test('subscribers: one that is stuck is named, with the time since when', async () => {
  expect(await find('subscribers')).toMatchObject({ state: 'good' });
  await house.db.begin('jobs', (tx) => noteFailure(tx, 'explain-decision', house.clock.now(), 'secret words'));
  const found = await find('subscribers');
  expect(found).toMatchObject({ state: 'bad', says: expect.stringMatching(/^explain-decision is stuck, \d+ records behind, since 2026-/) });
  expect(JSON.stringify(found)).not.toContain('secret words');
});

test('webhooks: what was given up is bad, what does not arrive for a quarter of an hour is seen', async () => {
  const send = async () => {
    const id = house.ids.next();
    const [subject, now] = [house.ids.next(), house.clock.now()];
    await house.db.begin('jobs', (tx) => enqueue(tx, { id, service: 'warung', type: 'notice.written', subject, data: {} }, now));
    return id;
  };
  const id = await send();
  const next = new Date(house.clock.now().getTime() + minute);
  expect(await find('webhooks')).toMatchObject({ state: 'good' });
  await house.db.begin('jobs', (tx) => postpone(tx, id, next, { answered: null, failure: 'HTTP 502' }));
  expect(await find('webhooks')).toMatchObject({ state: 'good' });
  house.clock.advance(16 * minute);
  expect(await find('webhooks')).toMatchObject({ state: 'warn', says: expect.stringContaining('1 webhooks to warung') });
  await house.db.begin('jobs', (tx) => bury(tx, id, house.clock.now(), 'HTTP 502'));
  expect(await find('webhooks')).toMatchObject({ state: 'bad', says: 'Given up: 1 webhooks to warung (HTTP 502).' });
});
