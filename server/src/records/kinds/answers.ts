import { Type } from 'typebox';
import { answering, clockStart, count, kind, language, list, maybe, object, one, outcome, secret, time, uuid, word } from './terms.ts';

/** What people are told, and what they answer. */
export const answers = {
  'notice.written': kind(2, {
    notice: uuid,
    role: one('author', 'reporter', 'appellant', 'inquirer'),
    template: word,
    language,
    report: maybe(uuid),
    decision: maybe(uuid),
    appeal: maybe(uuid),
    inquiry: maybe(uuid),
    values: secret('to', Type.Record(Type.String(), Type.String())),
    outcome: maybe(outcome),
    stops: list(answering),
  }),
  'notice.handed': kind(2, {
    notice: uuid,
    channel: one('webhook', 'page', 'email'),
    report: maybe(uuid),
    appeal: maybe(uuid),
    inquiry: maybe(uuid),
    outcome: maybe(outcome),
    stops: list(answering),
  }),

  // The mail server refused it for good, by this code of its own.
  'notice.bounced': kind(1, { notice: uuid, status: count }),

  'appeal.received': kind(1, {
    appeal: uuid,
    decision: uuid,
    role: one('author', 'reporter'),
    language,
    text: secret('appellant', Type.String()),
    clocks: list(clockStart),
  }),
  // `decision`: the new one; where another had taken the contested one's place already (*replaced*), that one.
  'appeal.decided': kind(2, {
    appeal: uuid,
    outcome: one('upheld', 'partly', 'overturned', 'replaced'),
    decision: maybe(uuid),
    reason: secret('appellant', Type.String()),
  }),

  'instruction.received': kind(1, {
    instruction: uuid,
    kind: one('remove', 'restore', 'direction', 'non-compliance'),
    reference: word,
    item: maybe(uuid),
    due_at: time,
    clocks: list(object({ clock: one('instruction'), due_at: time })),
  }),
  'instruction.carried-out': kind(1, { instruction: uuid, decision: uuid }),
  'instruction.answered': kind(1, { instruction: uuid }),
  // The regulator's mail server took the receipt.
  'receipt.sent': kind(1, { instruction: uuid }),
  'instruction.advanced': kind(1, {
    instruction: uuid,
    to: one('submitted', 'registered', 'complied', 'ended', 'paid', 'represented'),
    // By when a registered direction is to be complied with, as it states.
    due_at: maybe(time),
    clocks: list(object({ clock: one('instruction'), due_at: time })),
  }),

  // About a decision, or about a report that was dismissed.
  'inquiry.received': kind(1, {
    inquiry: uuid,
    decision: maybe(uuid),
    report: maybe(uuid),
    role: one('author', 'reporter'),
    language,
    text: secret('inquirer', Type.String()),
    clocks: list(object({ clock: one('inquiry.answer'), due_at: time })),
  }),
  'inquiry.answered': kind(1, {
    inquiry: uuid,
    outcome: one('explained', 'appeal', 'corrected'),
    appeal: maybe(uuid),
    decision: maybe(uuid),
    answer: secret('inquirer', Type.String()),
  }),
} as const;
