/** What leaves the house, when, why, and what takes it away. Whatever is not named here stays. */
export interface Cleanup {
  /** The table, or the place outside the database. */
  readonly what: string;
  readonly when: string;
  readonly why: string;
  readonly by: string;
}

const erasure = 'a person is erased for that purpose';

/** Every table of which the application may delete rows stands here, and no other table: a test asks PostgreSQL. */
export const deletedRows: readonly Cleanup[] = [
  {
    what: 'cases.lease',
    when: 'a case is decided or given back; a lease that has run out is taken over',
    why: 'it only says who works on it now',
    by: 'the steps decide and release',
  },
  {
    what: 'perisai.code_attempt',
    when: 'the right PIN is given',
    why: 'wrong PINs are counted to lock a contact code, for nothing else',
    by: 'the public page of a report',
  },
  {
    what: 'perisai.delivery',
    when: '30 days after the try',
    why: 'it explains why something did not arrive, and says nothing afterwards',
    by: 'the job forget-messages, hourly',
  },
  {
    what: 'perisai.idempotency',
    when: '7 days after the answer',
    why: 'so long a platform may ask again with the same Idempotency-Key',
    by: 'the job forget-answers, hourly',
  },
  {
    what: 'perisai.media_fetch',
    when: 'the file is kept, or is not to be had',
    why: 'it only says when a file is asked for next; what became of it is a record',
    by: 'the process that fetches',
  },
  {
    what: 'perisai.outbox',
    when: '30 days after a message was finished; what was given up stays in sight until it is sent again',
    why: 'a body names people and what they were told, out of reach of their keys; younger ones explain a delivery that is doubted',
    by: 'the job forget-messages, hourly',
  },
  {
    what: 'perisai.webhook_secret',
    when: 'never yet: a secret signs nothing after its overlap, and its row stays',
    why: 'it may be deleted once nobody asks any more with which secret an old webhook was signed',
    by: 'nothing',
  },
  { what: 'records.handle', when: erasure, why: 'it is the only row that says whom a handle means', by: 'the step erase' },
  {
    what: 'records.pending',
    when: 'its record is laid into the log',
    why: 'it is the inbox of the sequencer',
    by: 'the sequencer, every beat',
  },
  {
    what: 'screening.rule_sample',
    when: '7 days after the hit; beyond the newest 20 of a rule',
    why: 'whoever tries a rule looks at what it hit lately; the names are the platform’s, out of reach of our keys',
    by: 'the job write-counts, every minute',
  },
  {
    what: 'staff.attempt',
    when: 'somebody logs in; 24 hours after the last wrong try',
    why: 'wrong log-ins are counted to lock a name, for nothing else',
    by: 'every log-in',
  },
  { what: 'staff.credential', when: 'a member is disabled', why: 'nobody may log in with it any more', by: 'the step disable' },
  {
    what: 'staff.recovery_code',
    when: 'it is used; its member makes new ones, is given new secrets or is disabled',
    why: 'each opens once',
    by: 'the log-in, the steps makeRecoveryCodes, resetSecrets and disable',
  },
  {
    what: 'staff.session',
    when: 'a member logs out or is disabled; 12 hours after it began',
    why: 'a session that is over opens nothing',
    by: 'the log-out, the step disable, every log-in',
  },
  { what: 'subjects.account', when: 'a person is erased for *profile*', why: 'the row is the profile', by: 'the step erase' },
  {
    what: 'subjects.identifier',
    when: 'a person is erased for *linking*',
    why: 'it says by what an account is known, for nothing but to recognise somebody whose account was ended',
    by: 'the step erase',
  },
];

/** What becomes unreadable or nameless without a row of its own going. */
export const erased: readonly Cleanup[] = [
  {
    what: 'the data key of a person and purpose, in the key store',
    when: `${erasure}; *report* only after every report, appeal and inquiry of theirs has its answer`,
    why: 'texts, names and files are encrypted under it: without it nobody reads them, in a backup of the database neither',
    by: 'the subscriber destroy-key',
  },
  {
    what: 'the address that somebody gave with a report',
    when: 'daily, once the report is answered and no inquiry, appeal or notice can follow any more; and when they are erased for *report*',
    why: 'it has a key of its own (purpose *contact*), which is destroyed: the address is gone in every backup too, and the report stays',
    by: 'the job forget-addresses, the step erase',
  },
  {
    what: 'that an account resembles one that was ended: both ids, what they have in common and the confidence in subjects.link',
    when: 'either is erased for *linking*',
    why: 'a link says something of two people; without one of them it says nothing of the other',
    by: 'the step erase',
  },
  {
    what: 'files of a snapshot, in the blob store',
    when: 'their key is destroyed (purpose *evidence*)',
    why: 'the bytes stay and cannot be read; the record goes on naming their commitment',
    by: 'the subscriber destroy-key',
  },
  {
    what: 'who posted, reported, appealed, was told, decided, wrote: the id in subjects.item, intake.report, appeals.appeal, inquiries.inquiry, notices.notice, decisions.decision, policy.draft, screening.rule, staff.member',
    when: erasure,
    why: 'the state goes on without a name; the platform’s id of an item goes with *evidence*, the contact code of a report with *report*',
    by: 'the step erase',
  },
];
