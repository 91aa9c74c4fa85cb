import { createTransport } from 'nodemailer';
import type { Delivery } from '../outbox/webhook.ts';

/** What is sent to one person. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
}

/** The provider's own mail server: one for all services. */
export interface Mailer {
  /**
   * One try. `id` becomes the Message-ID, the same at every try, so that a receiver can tell that it has the letter already. Never throws for
   * what the server does: who takes it answers 2xx, who refuses it for good 5xx.
   */
  send(id: string, letter: Letter): Promise<Delivery>;
  /** Whether the server answers, and lets us in. @throws Error as the network or the server says it. */
  verify(): Promise<void>;
}

export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly smtpUrl: string;
  /** Whom the letters come from. */
  readonly mailFrom: string;
}

/** Of one silence. Two of them are the longest that a try takes, which is shorter than the outbox's lease. */
const patienceMs = 20_000;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** Speaks SMTP. Beyond this machine nothing leaves in the clear: `smtps://` is TLS from the first byte, `smtp://` must come to it by STARTTLS. */
export function openMailer({ smtpUrl, mailFrom }: MailSettings, { timeoutMs = patienceMs }: { timeoutMs?: number } = {}): Mailer {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !loopback.test(url.hostname),
    ignoreTLS: loopback.test(url.hostname),
    ...(url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    // A letter has no attachments: whatever stands in it is text, never a path or an address to fetch.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1).replace(/>$/, '');
  const sender = /<([^>]+)>$/.exec(mailFrom)?.[1] ?? mailFrom;
  return {
    async send(id, { to, subject, text, html, language }) {
      try {
        const sent = transport.sendMail({
          // The envelope alone says who gets it, so that no way of writing an address makes two of it.
          envelope: { from: sender, to: [to] },
          from: mailFrom,
          to: { name: '', address: to },
          messageId: `<${id}@${domain}>`,
          // RFC 3834: nobody's holiday reply answers us.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': language },
          ...{ subject, text, html, textEncoding: 'base64' as const },
        });
        const { response } = await within(2 * timeoutMs, sent);
        return { taken: true, signed: null, status: codeOf(response) ?? 250, answer: said(response) };
      } catch (error) {
        return refusal(error);
      }
    },
    async verify() {
      await transport.verify();
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined); // what becomes of it after that concerns nobody
  }
}

/** A 5xx is for good where it is about this letter; where the server refuses us (a wrong password), it is the operator's to mend. */
function refusal(error: unknown): Delivery {
  const { code, command, responseCode, response } = error as { code?: string; command?: string; responseCode?: number; response?: string };
  const status = responseCode ?? codeOf(response ?? '');
  const aboutUs = code === 'EAUTH' || code === 'ETLS' || command === 'CONN' || command === 'EHLO' || command === 'HELO';
  return {
    taken: false,
    status,
    failure: status === null ? `SMTP ${code ?? 'unknown'}` : `SMTP ${said(response ?? String(status))}`,
    answer: said(response ?? ''),
    forGood: status !== null && status >= 500 && status < 600 && !aboutUs,
    retryAfterMs: null,
  };
}

function codeOf(response: string): number | null {
  const code = /^(\d{3})\b/.exec(response)?.[1];
  return code === undefined ? null : Number(code);
}

/** Of an answer the codes alone (RFC 3463): servers repeat addresses in their words. */
function said(response: string): string {
  return /^\d{3}(?:[ -][245]\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0].replace('-', ' ') ?? '';
}
