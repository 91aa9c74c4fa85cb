/** What Warung must know before it opens. Times in milliseconds. */
export interface Configuration {
  host: string;
  port: number;
  /** A PostgreSQL database of Warung's own; it keeps its tables in the schema `warung`. */
  databaseUrl: string;
  /** Where people reach Warung; null: the address it listens on. */
  publicUrl: string | null;
  perisaiUrl: string;
  perisaiKey: string;
  /** Standard Webhooks secrets (`whsec_…`); several while one is being rotated, the newest first. */
  webhookSecrets: string[];
  /** Opens `/api`, by which programs act as any account: never on a server that strangers reach. */
  automation: boolean;
}

interface Setting {
  about: string;
  fallback?: string;
  wrong?: (value: string) => string | null;
}

const address = (value: string): string | null =>
  URL.canParse(value) && /^https?:/.test(value) ? null : 'must be an http:// or https:// address';

/** Every setting there is; another `WARUNG_…` in the environment is refused, because it is most likely a misspelling. */
const settings: Record<string, Setting> = {
  WARUNG_PORT: {
    about: 'the port to listen on; 0 takes a free one',
    fallback: '8090',
    wrong: (value) => (/^\d{1,5}$/.test(value) && Number(value) < 65536 ? null : 'must be a port from 0 to 65535'),
  },
  WARUNG_HOST: { about: 'the address to listen on', fallback: '127.0.0.1' },
  WARUNG_DATABASE_URL: {
    about: 'a PostgreSQL database of its own, such as postgres://warung:secret@127.0.0.1:5432/warung',
    wrong: (value) => (/^postgres(ql)?:/.test(value) ? null : 'must begin with postgres://'),
  },
  WARUNG_PUBLIC_URL: { about: 'where people reach Warung', fallback: '', wrong: (value) => (value === '' ? null : address(value)) },
  WARUNG_AUTOMATION: {
    about: '1 opens /api, where programs act as any account (demo and tests only)',
    fallback: '0',
    wrong: (value) => (/^[01]$/.test(value) ? null : 'must be 0 or 1'),
  },
  PERISAI_URL: { about: 'where Perisai listens, such as http://127.0.0.1:8088', wrong: address },
  PERISAI_API_KEY: {
    about: 'the service’s key with the scopes screen, report, action, appeal and read',
    wrong: (value) => (value.startsWith('psk_') ? null : 'must begin with psk_'),
  },
  PERISAI_WEBHOOK_SECRET: {
    about: 'whsec_…; several, comma separated, while one is being rotated',
    wrong: (value) =>
      value.split(',').every((secret) => /^whsec_[A-Za-z0-9+/=]+$/.test(secret.trim())) ? null : 'must be whsec_ and base64',
  },
};

/** The environment can't be used; the message says for each setting what is wrong and what it is for. */
export class ConfigurationError extends Error {}

/** Reads the environment. Unknown `WARUNG_…` names, missing and wrong values are told all at once, as a ConfigurationError. */
export function readConfiguration(env: Record<string, string | undefined>): Configuration {
  const faults = Object.keys(env)
    .filter((name) => name.startsWith('WARUNG_') && !(name in settings))
    .map((name) => `${name} is not a setting of Warung. There are: ${Object.keys(settings).join(', ')}.`);
  const values: Record<string, string> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const value = env[name] === undefined || env[name] === '' ? setting.fallback : env[name];
    const wrong = value === undefined ? 'is missing' : setting.wrong?.(value);
    if (wrong) faults.push(`${name} ${wrong}. It is ${setting.about}.`);
    values[name] = value ?? '';
  }
  if (faults.length > 0) throw new ConfigurationError(`Warung cannot start:\n- ${faults.join('\n- ')}`);
  return {
    host: values['WARUNG_HOST'] ?? '',
    port: Number(values['WARUNG_PORT']),
    databaseUrl: values['WARUNG_DATABASE_URL'] ?? '',
    publicUrl: values['WARUNG_PUBLIC_URL'] || null,
    perisaiUrl: values['PERISAI_URL'] ?? '',
    perisaiKey: values['PERISAI_API_KEY'] ?? '',
    webhookSecrets: (values['PERISAI_WEBHOOK_SECRET'] ?? '').split(',').map((secret) => secret.trim()),
    automation: values['WARUNG_AUTOMATION'] === '1',
  };
}
