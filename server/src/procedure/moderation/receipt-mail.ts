import type { Tx } from '../../foundation/db/transaction.ts';
import { html } from '../../foundation/html/html.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { dateTimeText } from '../../foundation/i18n/time.ts';
import type { Letter } from '../../foundation/mail/mailer.ts';
import { enqueue, finish, type Message } from '../../foundation/outbox/outbox.ts';
import * as instructions from '../../instructions/index.ts';
import { append } from '../../records/index.ts';
import * as subjects from '../../subjects/index.ts';
import type { House } from '../house.ts';
import { lockCase } from './lock.ts';

/** Of a message in the outbox that carries the receipt of an instruction. */
export const receiptMail = 'receipt.emailed';

/** Lays the receipt into the outbox, where the regulator takes it by e-mail and we can send. */
export async function sendReceipt(house: House, tx: Tx, service: string, instruction: string): Promise<void> {
  if (house.regulator === null || house.mail === null) return;
  await enqueue(
    tx,
    { id: house.ids.next(), service, receiver: 'email', type: receiptMail, subject: instruction, data: {} },
    house.clock.now(),
  );
  tx.afterCommit(house.nudgeOutbox);
}

/** The regulator's mail server took it: on record, so that somebody can show that it was told (Act 866 ss.25, 27). */
export async function receiptTaken(house: House, tx: Tx, message: Pick<Message, 'subject'>): Promise<'finished'> {
  const of = await instructions.instruction(tx, message.subject);
  if (of?.case && of.receiptSentAt === null) {
    await lockCase(tx, of.case);
    await instructions.noteSent(
      await append(house, tx, { kind: 'receipt.sent', service: of.service, case: of.case, payload: { instruction: of.id } }),
    );
  }
  await finish(tx, message.subject, house.clock.now());
  return 'finished';
}

const words = staffTexts({
  ms: {
    subject: '{service}: resit arahan {reference}',
    remove: 'Arahan anda {reference} (Akta 866 s.25) telah dilaksanakan: kandungan itu dibuang untuk semua orang.',
    restore: 'Arahan anda {reference} (Akta 866 s.27) telah dilaksanakan: kandungan itu boleh dilihat semula.',
    delisted: 'Arahan anda {reference} (Akta 866 s.25) telah dilaksanakan: kandungan itu dikeluarkan daripada carian untuk semua orang.',
    'not-recommended': 'Arahan anda {reference} (Akta 866 s.25) telah dilaksanakan: kandungan itu tidak disyorkan lagi kepada sesiapa.',
    gone: 'Arahan anda {reference} telah dilaksanakan: kandungan itu tiada lagi di platform.',
    facts: 'Perkhidmatan {service}, {item}. Diterima {received}, perlu dibuat sebelum {due}, disahkan oleh platform {done}.',
    record: 'Keputusan {puid}. Rekod dalam log: {record}.',
  },
  en: {
    subject: '{service}: receipt of instruction {reference}',
    remove: 'Your instruction {reference} (Act 866 s.25) has been carried out: the content was removed for everybody.',
    restore: 'Your instruction {reference} (Act 866 s.27) has been carried out: the content is accessible again.',
    delisted: 'Your instruction {reference} (Act 866 s.25) has been carried out: the content was taken out of search for everybody.',
    'not-recommended': 'Your instruction {reference} (Act 866 s.25) has been carried out: the content is no longer recommended to anybody.',
    gone: 'Your instruction {reference} has been carried out: the content is not on the platform any more.',
    facts: 'Service {service}, {item}. Received {received}, to be done by {due}, confirmed by the platform {done}.',
    record: 'Decision {puid}. Record in the log: {record}.',
  },
});

/** The receipt as a letter, in Malay and English: both are the regulator's. Null where nobody takes it any more. */
export async function receiptLetter(house: House, tx: Tx, id: string): Promise<Letter | null> {
  const of = await instructions.instruction(tx, id);
  if (house.regulator === null || of?.state !== 'answered') return null;
  const receipt = await instructions.receiptOf(tx, of);
  const service = (await subjects.service(tx, receipt.service))?.name ?? receipt.service;
  const { reference } = receipt;
  const lines = (['ms', 'en'] as const).flatMap((language) => {
    const say = words(language);
    const at = (time: string) => dateTimeText(new Date(time), language);
    return [
      say(receipt.shown === 'removed' || receipt.shown === 'visible' ? receipt.kind : receipt.shown, { reference }),
      say('facts', {
        service,
        item: [receipt.item.kind, receipt.item.id ?? ''].join(' ').trim(),
        received: at(receipt.received_at),
        due: at(receipt.due_at),
        done: at(receipt.acknowledged_at),
      }),
      say('record', { puid: receipt.decision.puid, record: receipt.record }),
    ];
  });
  return {
    to: house.regulator,
    subject: words('ms')('subject', { service, reference }),
    text: `${lines.join('\n\n')}\n`,
    html: html`<!doctype html>
<html lang="ms"><head><meta charset="utf-8"><title>${reference}</title></head>
<body>${lines.map((line, n) => html`<p lang="${n < 3 ? 'ms' : 'en'}">${line}</p>\n`)}</body></html>
`.toString(),
    language: 'ms',
  };
}
