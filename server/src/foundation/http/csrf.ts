import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Randomness } from '../randomness.ts';
import { Problem } from './problems.ts';

const visitorCookie = 'perisai-visitor';

/** Guards the forms of our pages against other sites that post in the name of a logged-in person. */
export interface Csrf {
  /**
   * The value of the hidden field `csrf` on a page shown to this session. Only this session can send it: it is an HMAC over the session's
   * id and a fresh nonce (so that compression leaks nothing).
   */
  token(session: string): string;
  /** Before any form changes anything. @throws Problem `csrf` */
  check(request: FastifyRequest, session: string): void;
  /** A session id for somebody who isn't logged in (log-in form, appeal form): a random cookie, set when it isn't there yet. */
  visitor(request: FastifyRequest, reply: FastifyReply): string;
}

/**
 * @param means.secret at least 32 bytes, of this use only; after a rotation open forms must be loaded again
 * @param means.publicUrl where browsers see us: its origin is the only one whose forms we take
 */
export function createCsrf(means: { readonly secret: Buffer; readonly publicUrl: string; readonly random: Randomness }): Csrf {
  const { origin, protocol } = new URL(means.publicUrl);
  const mac = (session: string, nonce: string) =>
    createHmac('sha256', means.secret)
      .update(JSON.stringify(['csrf', session, nonce]))
      .digest();

  return {
    token(session) {
      const nonce = means.random.bytes(12).toString('base64url');
      return `${nonce}.${mac(session, nonce).toString('base64url')}`;
    },
    check(request, session) {
      fromOurOrigin(request, origin);
      const sent = (request.body as { csrf?: unknown } | undefined)?.csrf;
      const [nonce = '', proof = ''] = typeof sent === 'string' ? sent.split('.') : [];
      const given = Buffer.from(proof, 'base64url');
      const right = mac(session, nonce);
      if (given.length !== right.length || !timingSafeEqual(given, right)) throw new Problem('csrf');
    },
    visitor(request, reply) {
      const name = cookieName(visitorCookie, protocol === 'https:');
      const known = request.cookies[name];
      if (known !== undefined && /^[A-Za-z0-9_-]{22}$/.test(known)) return known;
      const made = means.random.bytes(16).toString('base64url');
      reply.setCookie(name, made, cookieSettings(protocol === 'https:'));
      return made;
    },
  };
}

/** Over HTTPS with the prefix that keeps other hosts of the domain from setting it. */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

/** Of every cookie of ours: no script reads it, no other site sends it. `maxAge` in seconds; without it the browser's session. */
export function cookieSettings(secure: boolean, maxAge?: number): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure, ...(maxAge === undefined ? {} : { maxAge }) };
}

/** Browsers send one of the two headers with every form; neither can be set by a page. */
function fromOurOrigin(request: FastifyRequest, origin: string): void {
  const site = request.headers['sec-fetch-site'];
  const from = request.headers.origin;
  if (from === origin) return;
  if (site === 'same-origin' && (from === undefined || from === 'null')) return;
  throw new Problem('csrf', `The form must come from ${origin}.`);
}
