import type { FastifyInstance } from 'fastify';

const pages =
  "default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const answers = "default-src 'none'; frame-ancestors 'none'";

/**
 * Headers of every answer. No script, style or frame from elsewhere; nothing is stored on the way unless the route says so.
 *
 * `same-origin` and not `no-referrer`: under the latter browsers send our own forms with `Origin: null`, which csrf.ts could not tell from
 * a stranger's. Either way no other site learns an address of ours.
 */
export function secureHeaders(app: FastifyInstance, options: { readonly https: boolean }): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onSend', async (_request, reply) => {
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html');
    const headers = {
      'content-security-policy': isPage ? pages : answers,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      'cache-control': 'no-store',
      ...(options.https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
    };
    for (const [name, value] of Object.entries(headers)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
}
