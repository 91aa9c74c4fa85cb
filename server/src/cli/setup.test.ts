import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../test/command.ts';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { accredit, propose } from '../procedure/flaggers/index.ts';
import type { House } from '../procedure/house.ts';
import type { Member } from '../staff/index.ts';
import { inHouse } from './house.ts';
import { key } from './key.ts';
import { keyFile } from './key-file.ts';
import { outbox } from './outbox.ts';
import { service } from './service.ts';
import { staff } from './staff.ts';
import { surface } from './surface.ts';
import { webhook } from './webhook.ts';

let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'perisai-setup-'));
  env = { DATABASE_URL: database.url, PERISAI_DATA_DIR: folder };
  await run(service, ['add', '--slug', 'warung', '--name', 'Warung', '--webhook', 'https://warung.example/hooks'], env);
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const kinds = async () => (await ask<{ kind: string }>('select kind from records.record order by recorded_at, id')).map(({ kind }) => kind);

describe('a service', () => {
  test('is registered once, changed by name, and each time with a record that is sealed at once', async () => {
    await expect(run(service, ['add', '--slug', 'warung', '--name', 'Again'], env)).rejects.toMatchObject({ code: 'conflict' });
    await run(service, ['change', '--slug', 'warung', '--languages', 'ms,ta'], env);
    expect(JSON.parse(await run(service, ['list', '--json'], env))).toEqual([
      { slug: 'warung', name: 'Warung', languages: ['ms', 'ta'], webhookUrl: 'https://warung.example/hooks', perSecond: 20, atOnce: 40 },
    ]);
    expect((await kinds()).filter((kind) => kind === 'service.registered')).toHaveLength(2);
    expect(await ask('select count(*)::int as waiting from records.pending')).toEqual([{ waiting: 0 }]);
  });

  test.each([
    ['a slug with a blank', ['add', '--slug', 'a b', '--name', 'x'], { code: 'field-wrong' }],
    [
      'a webhook that anybody on the way could read',
      ['change', '--slug', 'warung', '--webhook', 'http://warung.example/h'],
      { code: 'field-wrong' },
    ],
    ['a language that we do not speak', ['add', '--slug', 'x', '--name', 'x', '--languages', 'fr'], { name: 'UsageError' }],
    ['no name', ['add', '--slug', 'x'], { name: 'UsageError', message: 'Missing: --name.' }],
    ['an option that there is not', ['add', '--slug', 'x', '--nam', 'x'], { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' }],
    ['a verb that there is not', ['remove'], { name: 'UsageError' }],
  ])('is refused with %s', async (_what, args, error) => {
    const before = (await kinds()).length;
    await expect((async () => run(service, args, env))()).rejects.toMatchObject(error);
    expect(await kinds()).toHaveLength(before);
  });
});

describe('a kind of item of a service’s own', () => {
  test('is defined by a schema in a file, listed, and refused with what is wrong in the schema', async () => {
    const file = join(folder, 'listing.json');
    const define = (schema: string) => {
      writeFileSync(file, schema);
      return run(service, ['kind', '--slug', 'warung', '--kind', 'listing', '--as', 'post', '--schema', file], env);
    };
    expect(await define('{"type":"object","properties":{"price":{"type":"number"}}}')).toContain('handled as post');
    await expect(define('{"type":"object","propertys":{}}')).rejects.toThrow('unknown keyword: "propertys"');
    expect(await run(service, ['kinds', '--slug', 'warung'], env)).toMatch(/listing +post +sha256 [0-9a-f]{64}/);
    expect(await run(service, ['kinds', '--slug', 'none'], env)).toContain('no kinds of its own');
    await expect(run(service, ['kind', '--slug', 'warung', '--kind', 'x', '--as', 'thing', '--schema', file], env)).rejects.toMatchObject({
      name: 'UsageError',
    });
    expect((await kinds()).filter((kind) => kind === 'item-kind.defined')).toHaveLength(1);
  });
});

describe('a surface', () => {
  test('that is private is not screened unless somebody says so, and has its reason in a record', async () => {
    const args = [
      'define',
      '--service',
      'warung',
      '--slug',
      'dm',
      '--type',
      'private-message',
      '--private',
      'yes',
      '--reason',
      'Chosen recipients.',
    ];
    expect(await run(surface, args, env)).toContain('screening off');
    expect(await run(surface, [...args, '--screening', 'on'], env)).toContain('screening on');
    expect(await ask("select private, private_reason, screening from subjects.surface where slug = 'dm'")).toEqual([
      { private: 'yes', private_reason: 'Chosen recipients.', screening: true },
    ]);
    expect((await kinds()).filter((kind) => kind === 'surface.defined')).toHaveLength(2);
  });

  test('of a service that nobody registered is refused', async () => {
    const args = ['define', '--service', 'none', '--slug', 'x', '--type', 'public-feed', '--private', 'no', '--reason', 'x'];
    await expect(run(surface, args, env)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a key', () => {
  test('is shown once, kept as a hash, rotated with an overlap, revoked for ever', async () => {
    const made = await run(key, ['new', '--service', 'warung', '--label', 'feed', '--scopes', 'screen,read'], env);
    const [token = '', id = '', secret = ''] = /psk_([0-9a-f]{16})_(\S{43})/.exec(made) ?? [];
    expect(JSON.stringify(await ask('select * from perisai.service_key'))).not.toContain(secret);
    const rotated = await run(key, ['rotate', id, '--overlap', '2h'], env);
    const second = /psk_([0-9a-f]{16})_/.exec(rotated)?.[1] ?? '';
    await run(key, ['revoke', token], env);
    const listed = JSON.parse(await run(key, ['list', '--service', 'warung', '--json'], env));
    expect(listed).toMatchObject([
      { id, scopes: ['screen', 'read'], revokedAt: expect.any(String), notAfter: expect.any(String) },
      { id: second, replaces: id, scopes: ['screen', 'read'], revokedAt: null, notAfter: null },
    ]);
    await expect(run(key, ['rotate', id], env)).rejects.toMatchObject({ code: 'not-found' });
    expect(await run(key, ['list', '--service', 'warung'], env)).not.toContain(secret);
  });

  test('is not made for a service that there is not, nor for a scope that there is not', async () => {
    await expect(run(key, ['new', '--service', 'none', '--label', 'x'], env)).rejects.toMatchObject({ code: 'not-found' });
    await expect(run(key, ['new', '--service', 'warung', '--label', 'x', '--scopes', 'all'], env)).rejects.toThrow('--scopes is one of');
    await expect(run(key, ['rotate', 'x'], env)).rejects.toThrow('Name one key');
  });

  test('of an organisation is made once two people have accredited it, and not while that waits', async () => {
    const officer = (id: string): Member => ({ id, name: id, roles: ['compliance-officer'], languages: ['ms'] });
    let waits = { id: '', flagger: '' };
    const done = async (step: (house: House) => Promise<unknown>): Promise<number> => {
      await inHouse(step, { borrowKeys: false });
      return 0;
    };
    const inside = (step: (house: House) => Promise<unknown>) => run({ ...key, run: () => done(step) }, [], env);
    const wanted = { service: 'warung', name: 'Pertubuhan Contoh', reason: 'Laporannya tepat.' };
    await inside(async (house) => {
      waits = await propose(house, officer(randomUUID()), wanted);
    });
    const making = () => run(key, ['new', '--service', 'warung', '--label', 'the NGO', '--flagger', waits.flagger], env);
    await expect(making()).rejects.toMatchObject({ code: 'not-found', detail: expect.stringContaining('waits for a second person') });
    await inside((house) => accredit(house, officer(randomUUID()), waits.id));
    expect(await making()).toMatch(/^Key \S+ of warung \(report\)/);
  });
});

test('the secret of webhooks is rotated with an overlap, and lies wrapped', async () => {
  const first = /whsec_\S+/.exec(await run(webhook, ['rotate', '--service', 'warung'], env))?.[0] ?? '';
  const second = /whsec_\S+/.exec(await run(webhook, ['rotate', '--service', 'warung', '--overlap', '30m'], env))?.[0];
  expect(second).not.toBe(first);
  const rows = await ask<{ wrapped: Buffer; ends: boolean }>(
    'select wrapped, not_after is not null as ends from perisai.webhook_secret order by created_at',
  );
  expect(rows.map(({ ends }) => ends)).toEqual([true, false]);
  expect(rows[0]?.wrapped.toString('latin1')).not.toContain(first.slice(6, 20));
});

test('the first administrator is enrolled with a record, and there is no second first one', async () => {
  const args = ['enrol', '--first', '--name', 'Intan', '--login', 'Intan'];
  const said = await run(staff, args, env);
  expect(said).toMatch(/password +([a-z2-9]{5}-){3}[a-z2-9]{5}\n/);
  expect(said).toMatch(/otpauth:\/\/totp\/Perisai:intan\?secret=[A-Z2-7]{32}/);
  await expect(run(staff, args, env)).rejects.toMatchObject({ code: 'conflict' });
  expect((await kinds()).filter((kind) => kind === 'staff.enrolled')).toHaveLength(1);
  expect(await run(staff, ['list'], env)).toMatch(/intan +Intan +administrator +ms,en +active/);
  await expect((async () => run(staff, ['enrol', '--name', 'x', '--login', 'xy'], env))()).rejects.toThrow('--first');
});

test('a copy of the key file is confirmed only where it is one', async () => {
  const [copy, other] = [join(folder, 'copy.json'), join(folder, 'database-elsewhere.json')];
  copyFileSync(join(folder, 'key-file.json'), copy);
  await expect(run(keyFile, ['confirm-copy', other], env)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await run(keyFile, ['confirm-copy', copy], env)).toContain('byte for byte');
  await run(keyFile, ['rotate'], env);
  await expect(run(keyFile, ['confirm-copy', copy], env)).rejects.toThrow('not a copy');
  expect(await run(service, ['list'], env)).toContain('Warung');
});

test('a database of your own has an owner for the migrations, and a user that owns nothing for everything else', async () => {
  const own = await freshDatabase({ empty: true });
  const [owner, user, data] = [`owner_${process.pid}`, `user_${process.pid}`, mkdtempSync(join(tmpdir(), 'perisai-setup-'))];
  const [{ name }] = (await ask<{ name: string }>(`select split_part('${own.url.replace(/\?.*/, '')}', '/', 4) as name`)) as [
    { name: string },
  ];
  await ask(`create role ${owner} login createrole password 'durian'`);
  await ask(`create role ${user} login password 'durian'`);
  // the cluster of the tests has the application's role already; on a new one the owner makes it
  await ask(`grant perisai_app to ${owner} with admin option`);
  await ask(`alter database ${name} owner to ${owner}`);
  const as = (login: string) => own.url.replace(/\/\/[^@]*@/, `//${login}:durian@`);
  try {
    const given = { DATABASE_OWNER_URL: as(owner), DATABASE_URL: as(user), PERISAI_DATA_DIR: data };
    await run(service, ['add', '--slug', 'warung', '--name', 'Warung'], given);
    expect(await run(service, ['list'], given)).toContain('Warung');
    const client = new pg.Client({ connectionString: as(user) });
    await client.connect();
    await expect(client.query('delete from records.record')).rejects.toMatchObject({ code: '42501' });
    await expect(client.query(`set role ${owner}`)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  } finally {
    await own.drop();
    await ask(`drop role ${user}`);
    await ask(`drop owned by ${owner}`);
    await ask(`drop role ${owner}`);
    rmSync(data, { recursive: true });
  }
});

describe('the outbox', () => {
  test('lists the webhooks that do not arrive, and sends again those that were given up, each with a record', async () => {
    expect(await run(outbox, ['list'], env)).toBe('Every webhook arrives.\n');
    expect(await run(outbox, ['replay', '--dead'], env)).toBe('No webhook was given up.\n');
    const [dead, late] = ['01900000-0000-7000-8000-00000000000d', '01900000-0000-7000-8000-00000000000e'];
    await ask(`insert into perisai.outbox (id, service, type, subject, body, created_at, next_at, attempts, failure, dead_at) values
      ('${dead}', 'warung', 'notice.issued', '${dead}', '{}', '2026-11-20', '2026-11-24', 130, 'HTTP 500', '2026-11-25'),
      ('${late}', 'warung', 'notice.issued', '${late}', '{}', '2026-11-20', '2099-01-01', 3, 'ECONNREFUSED', null)`);
    expect(await run(outbox, ['list', '--service', 'warung'], env)).toMatch(/HTTP 500 +given up[\s\S]*ECONNREFUSED +2099-01-01/);
    expect(await run(outbox, ['replay', '--dead', '--service', 'warung'], env)).toBe('1 webhook goes out again.\n');
    expect(await run(outbox, ['replay', '--message', late], env)).toBe('1 webhook goes out again.\n');
    expect(await ask('select attempts, dead_at from perisai.outbox')).toEqual(Array(2).fill({ attempts: 0, dead_at: null }));
    expect((await kinds()).filter((kind) => kind === 'delivery.replayed')).toHaveLength(2);
    await expect(run(outbox, ['replay'], env)).rejects.toThrow('either --message or --dead');
    await expect(run(outbox, ['replay', '--dead', '--service', 'nowhere'], env)).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('the pace of webhooks is set for a service', async () => {
  await run(service, ['pace', '--slug', 'warung', '--per-second', '5', '--at-once', '10'], env);
  expect(await run(service, ['list'], env)).toContain('5/s, 10 at once');
  await expect(run(service, ['pace', '--slug', 'warung', '--per-second', 'x', '--at-once', '10'], env)).rejects.toMatchObject({
    code: 'field-wrong',
  });
});
