import type { Config } from '../config.ts';
import { bad, type Finding, good } from '../doctor.ts';
import { openMailer } from './mailer.ts';

/** Whether letters can leave: is a mail server set, and does it answer? */
export async function mailCheck(config: Pick<Config, 'smtpUrl' | 'mailFrom'>): Promise<Finding> {
  const { smtpUrl, mailFrom } = config;
  if (smtpUrl === undefined || mailFrom === undefined)
    return good('E-mail is off: who reports without an account reads what is written to them on the status page.');
  const { host } = new URL(smtpUrl);
  try {
    await openMailer({ smtpUrl, mailFrom }, { timeoutMs: 5_000 }).verify();
    return good(`The mail server ${host} answers.`);
  } catch (error) {
    const { code = 'no code', responseCode } = error as { code?: string; responseCode?: number };
    return bad(
      `The mail server ${host} does not let us send (${responseCode ?? code}).`,
      code === 'EAUTH' ? 'Correct user and password in PERISAI_SMTP_URL.' : 'Start it, or correct PERISAI_SMTP_URL.',
    );
  }
}
