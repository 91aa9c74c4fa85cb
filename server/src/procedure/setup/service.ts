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
  readonly type: 'public-feed' | 'private-message';
  readonly private: 'yes' | 'no' | 'grey';
  readonly privateReason: string;
  readonly screening: boolean;
}

/** Registers an app or site of the provider, or notes what changed of it. */
export async function registerService(spine: Spine, { slug, name, languages, webhookUrl }: ServiceInput): Promise<void> {
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

/** Defines a surface with its legal profile: private or not, why, and whether it is screened. The decision is dated by its record. */
export async function defineSurface(spine: Spine, service: string, surface: SurfaceInput): Promise<void> {
  const { slug, type, privateReason, screening } = surface;
  await spine.db.begin('doors', async (tx) => {
    await subjects.lock(tx, service);
    await subjects.define(
      await append(spine, tx, {
        kind: 'surface.defined',
        service,
        payload: { slug, type, private: surface.private, private_reason: privateReason, screening },
      }),
    );
  });
}
