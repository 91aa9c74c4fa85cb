import { Problem } from '../../foundation/http/problems.ts';
import type { Spine } from '../../records/index.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';

export interface ServiceInput {
  readonly slug: string;
  readonly name: string;
  readonly languages: readonly ('ms' | 'en' | 'zh' | 'ta')[];
  readonly webhookUrl: string | null;
}

export interface SurfaceInput {
  readonly slug: string;
  readonly type: subjects.SurfaceType;
  readonly private: 'yes' | 'no' | 'grey';
  readonly privateReason: string;
  readonly screening: boolean;
}

/**
 * Registers an app or site of the provider, or notes what changed of it.
 * @throws Problem `field-wrong`
 */
export async function registerService(spine: Spine, { slug, name, languages, webhookUrl }: ServiceInput): Promise<void> {
  checkSlug(slug, 'service');
  checkText(name, 'The name of a service', 200);
  if (languages.length === 0) throw new Problem('field-wrong', 'A service has at least one language.');
  if (webhookUrl !== null) checkWebhook(webhookUrl);
  await spine.db.begin('doors', async (tx) => {
    await subjects.lock(tx, slug);
    await subjects.register(
      await append(spine, tx, {
        kind: 'service.registered',
        service: slug,
        payload: { slug, name, languages: [...languages], webhook_url: webhookUrl },
      }),
    );
  });
}

/**
 * Says how fast a service takes webhooks: so many a second, and so many at once after a pause.
 * @throws Problem `field-wrong`, `not-found` (the service)
 */
export async function setPace(
  spine: Spine,
  service: string,
  { perSecond, atOnce }: { readonly perSecond: number; readonly atOnce: number },
): Promise<void> {
  const within = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
  if (!within(perSecond, 1_000)) throw new Problem('field-wrong', 'Webhooks a second are a whole number from 1 to 1,000.');
  if (!within(atOnce, 10_000)) throw new Problem('field-wrong', 'Webhooks at once are a whole number from 1 to 10,000.');
  await spine.db.begin('doors', async (tx) => {
    await subjects.lock(tx, service);
    if (!(await subjects.service(tx, service))) throw new Problem('not-found', `There is no service ${service}.`);
    await subjects.setPace(
      await append(spine, tx, { kind: 'service.pace-set', service, payload: { per_second: perSecond, at_once: atOnce } }),
    );
  });
}

/**
 * Says from where files of a service may be fetched: hosts, with their port where it is not 443. Nothing is fetched from anywhere else.
 * @throws Problem `field-wrong`, `not-found` (the service)
 */
export async function setMediaHosts(spine: Spine, service: string, hosts: readonly subjects.MediaHost[]): Promise<void> {
  if (hosts.length > 20) throw new Problem('field-wrong', 'A service has at most 20 hosts that files are fetched from.');
  for (const { host } of hosts) {
    const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : null;
    if (url === null || url.host !== host || host.length > 200)
      throw new Problem(
        'field-wrong',
        `“${host}” is no host: write files.warung.example, with a port where it is not 443, without https://.`,
      );
  }
  await spine.db.begin('doors', async (tx) => {
    await subjects.lock(tx, service);
    if (!(await subjects.service(tx, service))) throw new Problem('not-found', `There is no service ${service}.`);
    await subjects.setMediaHosts(
      await append(spine, tx, {
        kind: 'service.media-hosts-set',
        service,
        payload: { hosts: hosts.map(({ host, inside }) => ({ host, inside })) },
      }),
    );
  });
}

/**
 * Defines a surface with its legal profile: private or not, why, and whether it is screened. The decision is dated by its record.
 * @throws Problem `field-wrong`, `not-found` (the service)
 */
export async function defineSurface(spine: Spine, service: string, surface: SurfaceInput): Promise<void> {
  const { slug, type, privateReason, screening } = surface;
  checkSlug(slug, 'surface');
  checkText(privateReason, 'The reason why a surface is private or not', 2_000);
  await spine.db.begin('doors', async (tx) => {
    await subjects.lock(tx, service);
    if (!(await subjects.service(tx, service))) throw new Problem('not-found', `There is no service ${service}.`);
    await subjects.define(
      await append(spine, tx, {
        kind: 'surface.defined',
        service,
        payload: { slug, type, private: surface.private, private_reason: privateReason, screening },
      }),
    );
  });
}

function checkSlug(slug: string, of: string): void {
  if (!/^[a-z0-9-]{1,40}$/.test(slug)) throw new Problem('field-wrong', `The slug of a ${of} has 1 to 40 letters a–z, digits and hyphens.`);
}

function checkText(text: string, what: string, most: number): void {
  if (text.trim() === '' || text.length > most) throw new Problem('field-wrong', `${what} has 1 to ${most} characters.`);
}

/** Webhooks name people's content: over the network only encrypted. On this machine, and in demonstrations, plain HTTP will do. */
function checkWebhook(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  const near = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url === null || address.length > 200 || url.username !== '' || url.password !== '' || url.hash !== '')
    throw new Problem(
      'field-wrong',
      'A webhook address is an https:// address of at most 200 characters, without user, password or fragment.',
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && near))
    throw new Problem('field-wrong', 'A webhook address begins with https://; http:// only on this machine.');
}
