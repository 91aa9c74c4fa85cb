import { sql } from 'kysely';
import { reading, type Tx, technical } from '../db/transaction.ts';

interface Wrapping {
  wrap(plain: Buffer): Promise<Buffer>;
  unwrap(wrapped: Buffer): Promise<Buffer>;
}

/** The secrets that sign webhooks to a service now, newest first: two while a rotation overlaps. `whsec_…`, as Standard Webhooks writes them. */
export async function webhookSecrets(tx: Tx, keys: Wrapping, service: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from perisai.webhook_secret
    where service = ${service} and (not_after is null or not_after > ${now}) order by created_at desc, id desc`.execute(reading(tx));
  return Promise.all(rows.map(async ({ wrapped }) => (await keys.unwrap(wrapped)).toString('utf8')));
}

/** Adds a secret; those there are end after the overlap. Shown once. */
export async function rotateWebhookSecret(
  tx: Tx,
  keys: Wrapping,
  { id, service, secret, now, overlapMs }: { id: string; service: string; secret: Buffer; now: Date; overlapMs: number },
): Promise<string> {
  const text = `whsec_${secret.toString('base64')}`;
  await sql`update perisai.webhook_secret set not_after = ${new Date(now.getTime() + overlapMs)} where service = ${service} and not_after is null`.execute(
    technical(tx),
  );
  await sql`insert into perisai.webhook_secret (service, id, wrapped, created_at) values (${service}, ${id}, ${await keys.wrap(Buffer.from(text))}, ${now})`.execute(
    technical(tx),
  );
  return text;
}
