import { describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';

const good = {
  WARUNG_DATABASE_URL: 'postgres://127.0.0.1/warung',
  PERISAI_URL: 'http://127.0.0.1:8088',
  PERISAI_API_KEY: 'psk_a_b',
  PERISAI_WEBHOOK_SECRET: 'whsec_bmV3, whsec_b2xk',
  HOME: '/anywhere',
};

describe('the configuration', () => {
  it('has defaults for what may be left out', () => {
    expect(readConfiguration(good)).toEqual({
      host: '127.0.0.1',
      port: 8090,
      databaseUrl: 'postgres://127.0.0.1/warung',
      publicUrl: null,
      perisaiUrl: 'http://127.0.0.1:8088',
      perisaiKey: 'psk_a_b',
      webhookSecrets: ['whsec_bmV3', 'whsec_b2xk'],
      automation: false,
    });
  });

  it('explains everything that is wrong or missing at once, and refuses a setting it does not know', () => {
    const env = { WARUNG_PORT: '99999', WARUNG_PROT: '1', PERISAI_URL: 'localhost', PERISAI_API_KEY: 'secret' };
    expect(() => readConfiguration(env)).toThrow(
      /WARUNG_PROT is not a setting[\s\S]*WARUNG_PORT must be a port[\s\S]*WARUNG_DATABASE_URL is missing[\s\S]*PERISAI_URL must be[\s\S]*PERISAI_API_KEY must begin[\s\S]*PERISAI_WEBHOOK_SECRET is missing/,
    );
  });
});
