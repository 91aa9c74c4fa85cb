import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** A file that pages refer to: style sheet, script, font, mark. */
export interface Asset {
  /** Its whole path, such as `/assets/page.3f2a.css`; with `immutable` the path must change with the content. */
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly immutable?: boolean;
}

/** Serves each from memory, with an entity tag. */
export function serveAssets(app: FastifyInstance, assets: readonly Asset[]): void {
  for (const { path, type, body, immutable } of assets) {
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const caching = immutable ? 'public, max-age=31536000, immutable' : 'public, no-cache';
    app.get(path, { config: { open: true, always: true }, schema: { hide: true } }, async (request, reply) => {
      reply.headers({ etag: tag, 'cache-control': caching, 'content-type': type });
      if (request.headers['if-none-match'] === tag) return reply.code(304).send();
      return reply.send(body);
    });
  }
}
