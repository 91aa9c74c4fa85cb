import type { Tx } from '../../foundation/db/transaction.ts';
import type { Because, Heard, Kind, Subscriber } from '../../records/index.ts';
import type { House } from '../house.ts';
import { destroyKey } from '../people/erase.ts';
import { recogniseEnded, recogniseIdentified } from '../returning/recognise.ts';
import { unlinkTakenBack } from '../returning/unlink.ts';
import {
  acknowledgeAppeal,
  acknowledgeReport,
  explainAppeal,
  explainBundle,
  explainDismissal,
  explainEnd,
  explainMade,
} from './explain.ts';
import { acknowledgeInquiry, explainInquiry } from './explain-inquiry.ts';
import { explainInstruction } from './explain-instruction.ts';
import { closeOvertaken } from './overtake.ts';
import { explainKept } from './secrecy.ts';

interface Row<K extends Kind = Kind> {
  readonly name: string;
  readonly hears: K;
  /** In a few words, for the reference. */
  readonly does: string;
  readonly verb: (house: House, tx: Tx, heard: Because<K>) => Promise<void>;
}
const row = <K extends Kind>(name: string, hears: K, does: string, verb: Row<K>['verb']): Row => ({
  name,
  hears,
  does,
  verb: verb as unknown as Row['verb'],
});

/** Every durable subscriber of the moderation procedure: its name, the kind it hears, the verb it calls. Nobody subscribes elsewhere. */
export const subscriberTable: readonly Row[] = [
  row('acknowledge-report', 'report.received', 'tells the reporter that we have it', acknowledgeReport),
  row('explain-dismissal', 'report.dismissed', 'tells the reporter on which ground, and how to ask about it', explainDismissal),
  row('explain-kept', 'secrecy.ended', 'tells those concerned what was decided while it was kept secret', explainKept),
  row('explain-decision', 'decision.made', 'tells author and reporters what was decided and why', explainMade),
  row('explain-bundle', 'bundle.decided', 'tells each author once of all that was decided as one', explainBundle),
  row('acknowledge-appeal', 'appeal.received', 'tells the appellant that somebody else will look', acknowledgeAppeal),
  row('destroy-key', 'party.erased', 'destroys the data key, so that the person is erased', destroyKey),
  row('explain-end', 'measure.ended', 'tells the holder of an account that a measure has ended', explainEnd),
  row('close-overtaken', 'action.ordered', 'closes older cases whose measure on the same account has been overtaken', closeOvertaken),
  row('explain-appeal', 'appeal.decided', 'tells the appellant that the decision stands, or was replaced', explainAppeal),
  row('explain-instruction', 'instruction.answered', 'tells the author what was done on the regulator’s word', explainInstruction),
  row('recognise-ended', 'decision.made', 'links accounts that resemble one that was ended just now, and asks a person', recogniseEnded),
  row('recognise-identified', 'account.identified', 'the same once more is known of either', recogniseIdentified),
  row('unlink-taken-back', 'decision.made', 'undoes the link where the finding that somebody came back was taken back', unlinkTakenBack),
  row('acknowledge-inquiry', 'inquiry.received', 'tells whoever asked that a person will answer, and until when', acknowledgeInquiry),
  row('explain-inquiry', 'inquiry.answered', 'tells whoever asked what the answer is', explainInquiry),
];

/** The rows as the runner of subscribers takes them. */
export function moderationSubscribers(house: House): Subscriber[] {
  return subscriberTable.map(({ name, hears, verb }) => ({
    name,
    kinds: [hears],
    hear: (tx: Tx, heard: Heard) => verb(house, tx, heard as Because),
  }));
}
