import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Config, ConfigError, configurationReference, loadConfig } from './config.ts';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'perisai-config-'));
});

afterEach(() => rmSync(cwd, { recursive: true }));

const load = (env: Record<string, string> = {}): Config => loadConfig({ env: { PATH: '/bin', HOME: '/root', ...env }, cwd });
const file = (content: unknown, path = 'perisai.config.json') =>
  writeFileSync(join(cwd, path), typeof content === 'string' ? content : JSON.stringify(content));

function problems(env: Record<string, string> = {}): string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ from, says }) => `${from.replace(cwd, '.')}: ${says}`);
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing: everything has a default', () => {
    expect(load()).toEqual({
      dataDir: join(cwd, '.perisai'),
      host: '127.0.0.1',
      port: 8088,
      publicUrl: 'http://127.0.0.1:8088',
      roles: ['all'],
      logLevel: 'info',
      origin: 'demo/perisai',
      keyFile: join(cwd, '.perisai/key-file.json'),
      keyStoreDir: join(cwd, '.perisai/keys'),
      blobDir: join(cwd, '.perisai/blobs'),
      trustProxy: [],
      rateLimitPerMinute: 600_000,
      bodyLimit: 262_144,
      leaseMinutes: 30,
      undoSeconds: 10,
      bulkAbove: 100,
    });
  });

  it('comes from the environment before the file, and from the file before the default', () => {
    file({ port: 9000, host: '::1', leaseMinutes: 10 });
    expect(load({ PERISAI_PORT: '9001' })).toMatchObject({ port: 9001, host: '::1', leaseMinutes: 10, publicUrl: 'http://[::1]:9001' });
  });

  it('reads numbers, lists and the usual names of database urls from the environment', () => {
    const url = 'postgresql://app:secret@db.example/perisai';
    const env = { PERISAI_ROLES: 'api, worker', PERISAI_TRUST_PROXY: '10.0.0.0/8,::1', DATABASE_URL: url, DATABASE_OWNER_URL: url };
    expect(load(env)).toMatchObject({
      roles: ['api', 'worker'],
      trustProxy: ['10.0.0.0/8', '::1'],
      databaseUrl: url,
      databaseOwnerUrl: url,
    });
    expect(load({ PERISAI_TRUST_PROXY: '' }).trustProxy).toEqual([]);
    expect(load({ DATABASE_URL: '' }).databaseUrl).toBeUndefined();
  });

  it('takes paths from where they are written', () => {
    mkdirSync(join(cwd, 'etc'));
    file({ dataDir: '../data', keyFile: '/run/keys.json' }, 'etc/perisai.json');
    expect(load({ PERISAI_CONFIG: 'etc/perisai.json', PERISAI_BLOB_DIR: 'blobs' })).toMatchObject({
      dataDir: join(cwd, 'data'),
      keyFile: '/run/keys.json',
      keyStoreDir: join(cwd, 'data/keys'),
      blobDir: join(cwd, 'blobs'),
    });
  });

  it('refuses unknown names, in both places, and guesses what was meant', () => {
    file({ prot: 1, somethingElseEntirely: true });
    expect(problems({ PERISAI_DATADIR: '/x', PERISAI_CONFIGG: 'y' })).toEqual([
      './perisai.config.json: there is no setting prot: did you mean port?',
      './perisai.config.json: there is no setting somethingElseEntirely; docs/reference/configuration.md lists those there are.',
      'PERISAI_CONFIGG: there is no setting PERISAI_CONFIGG: did you mean PERISAI_CONFIG?',
      'PERISAI_DATADIR: there is no setting PERISAI_DATADIR: did you mean PERISAI_DATA_DIR?',
    ]);
  });

  it('refuses wrong values, all at once, and says what is wanted', () => {
    file({ port: '9000', roles: [] });
    expect(
      problems({
        PERISAI_LEASE_MINUTES: '1.5',
        PERISAI_LOG_LEVEL: 'loud',
        PERISAI_PUBLIC_URL: 'https://warung.example/',
        PERISAI_DATA_DIR: '',
      }),
    ).toEqual([
      './perisai.config.json: port must be a whole number from 0 to 65535, not "9000".',
      './perisai.config.json: roles must be one or more of api, worker, all, not [].',
      'PERISAI_DATA_DIR: dataDir must be a text that is not empty, not "".',
      'PERISAI_LEASE_MINUTES: leaseMinutes must be a whole number from 1 to 480, not "1.5".',
      'PERISAI_LOG_LEVEL: logLevel must be one of fatal, error, warn, info, debug, silent, not "loud".',
      'PERISAI_PUBLIC_URL: publicUrl must be an http or https address without a slash at its end, not "https://warung.example/".',
    ]);
  });

  it('never quotes a secret', () => {
    file('{"databaseUrl": "mysql://u:hunter2@h/d"');
    expect(problems({ DATABASE_OWNER_URL: 'mysql://u:hunter2@h/d' }).join()).not.toContain('hunter2');
    expect(problems()).toEqual(['./perisai.config.json: is not JSON.']);
  });

  it('says when the file is missing though it was named, or is no object, or the owner stands alone', () => {
    expect(problems({ PERISAI_CONFIG: 'none.json' })).toEqual(['./none.json: there is no such file, though PERISAI_CONFIG names it.']);
    file([1]);
    expect(problems({ DATABASE_OWNER_URL: 'postgres://h/d' })).toEqual([
      './perisai.config.json: must hold one JSON object.',
      'DATABASE_OWNER_URL: needs DATABASE_URL beside it.',
    ]);
  });

  it('says that an address of the regulator needs a mail server', () => {
    expect(problems({ PERISAI_REGULATOR_EMAIL: 'receipts@regulator.example' })).toEqual([
      'PERISAI_REGULATOR_EMAIL: needs PERISAI_SMTP_URL beside it.',
    ]);
    const env = { PERISAI_SMTP_URL: 'smtp://127.0.0.1:1025', PERISAI_MAIL_FROM: 'trust@warung.example' };
    expect(load({ ...env, PERISAI_REGULATOR_EMAIL: 'receipts@regulator.example' }).regulatorEmail).toBe('receipts@regulator.example');
  });

  it('cannot be changed for everybody by one who changes a default', () => {
    load().roles.push('api');
    expect(load().roles).toEqual(['all']);
  });

  it('is described by a page that is made from it', () => {
    const page = new URL('../../../docs/reference/configuration.md', import.meta.url);
    expect(readFileSync(page, 'utf8')).toBe(configurationReference());
  });
});
