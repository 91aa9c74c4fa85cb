import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { look } from '../../../test/look.ts';
import { type Mailbox, openMailbox } from '../../../test/mailbox.ts';
import { hour, play, post } from '../../../test/play.ts';
import { enrolled } from '../../../test/staff.ts';
import { openMailer } from '../../foundation/mail/mailer.ts';
import { dispatchDue } from '../../foundation/outbox/dispatch.ts';
import { stuck } from '../../foundation/outbox/outbox.ts';
import * as instructions from '../../instructions/index.ts';
import type { Member } from '../../staff/index.ts';
import { moderationDispatch } from './dispatch.ts';
import { receiveInstruction } from './index.ts';

const regulator = 'receipts@regulator.example';
let mailbox: Mailbox;
let house: TestHouse;
let officer: Member;
beforeAll(async () => {
  mailbox = await openMailbox();
  const mail = openMailer({ smtpUrl: mailbox.url, mailFrom: 'Warung <trust@warung.example>' });
  house = await testHouse({ seed: 'receipts', mail, regulator });
  officer = await enrolled(house, 'compliance-officer');
});
beforeEach(() => {
  mailbox.answer = () => undefined;
  (mailbox.letters as unknown[]).length = 0;
});
afterAll(async () => {
  await mailbox.close();
  await house.close();
});

const dispatch = (of = house) => dispatchDue(moderationDispatch(of));
const entry = (id: string) => house.db.begin('doors', (tx) => instructions.instruction(tx, id));
/** MCMC asks to remove a post; the platform does it. */
async function carriedOut(id: string, of: TestHouse = house, by: Member = officer): Promise<string> {
  await play(of).report(post(id, { text: `Teks ${id} yang rahsia.` }));
  const instruction = await receiveInstruction(of, by, {
    service: 'warung',
    kind: 'remove',
    reference: `MCMC/2026/${id}`,
    due: new Date(of.clock.now().getTime() + 6 * hour),
    item: { kind: 'post', id },
  });
  await of.settle();
  await play(of).obey();
  return instruction;
}

test('the receipt goes to the regulator by e-mail once the platform has done it, in Malay and English, without a word of the content', async () => {
  await dispatch();
  const id = await carriedOut('sent');
  expect((await entry(id))?.receiptSentAt).toBeNull();
  await dispatch();
  const [letter] = mailbox.letters;
  expect([mailbox.letters.length, letter?.to]).toEqual([1, [regulator]]);
  expect(letter?.headers.get('subject')).toBe('Warung: resit arahan MCMC/2026/sent');
  for (const says of ['telah dilaksanakan: kandungan itu dibuang', 'Act 866 s.25', 'PRS-', (await entry(id))?.answerRecord as string])
    expect(letter?.text).toContain(says);
  expect(`${letter?.text}${letter?.html}`).not.toContain('rahsia');
  expect((await entry(id))?.receiptSentAt).toEqual(house.clock.now());
  await dispatch();
  expect(mailbox.letters).toHaveLength(1);
});

test('a mail server that is down for hours has it afterwards, and only then it is on record as sent', async () => {
  await mailbox.down();
  const id = await carriedOut('late');
  await dispatch();
  expect((await entry(id))?.receiptSentAt).toBeNull();
  house.clock.advance(5 * hour);
  await mailbox.up();
  await dispatch();
  expect(mailbox.letters.map(({ to }) => to)).toEqual([[regulator]]);
  const kinds = await look(house).query<{ kind: string }>("select kind from records.record where kind = 'receipt.sent' and line like $1", [
    `%${id}%`,
  ]);
  expect([kinds.length, (await entry(id))?.receiptSentAt]).toEqual([1, house.clock.now()]);
});

test('what the regulator refuses for good stays among the dead letters, where somebody has to look after it', async () => {
  mailbox.answer = () => '550 no such mailbox';
  const id = await carriedOut('refused');
  await dispatch();
  expect((await entry(id))?.receiptSentAt).toBeNull();
  const dead = await house.db.begin('doors', (tx) => stuck(tx, {}, 50));
  expect(dead.filter(({ subject }) => subject === id).map(({ type }) => type)).toEqual(['receipt.emailed']);
});

test('where no address of the regulator is set, nothing is sent, and the receipt can be read all the same', async () => {
  const quiet = await testHouse({ seed: 'no receipts', mail: openMailer({ smtpUrl: mailbox.url, mailFrom: 'trust@warung.example' }) });
  try {
    const id = await carriedOut('printed', quiet, await enrolled(quiet, 'compliance-officer'));
    await dispatch(quiet);
    expect(mailbox.letters).toEqual([]);
    const receipt = await quiet.db.begin('doors', async (tx) =>
      instructions.receiptOf(tx, (await instructions.instruction(tx, id)) as instructions.Instruction),
    );
    expect(receipt).toMatchObject({ reference: 'MCMC/2026/printed', shown: 'removed', in_time: true });
  } finally {
    await quiet.close();
  }
});
