/** What a refusal is, and what whoever meets it does next. */
interface Row {
  readonly status: number;
  /** A short summary that never changes with the occurrence (RFC 9457, 3.1.3). */
  readonly title: string;
  /** What the client's engineer does about it; one or two sentences. */
  readonly remedy: string;
  /** Seconds after which trying again makes sense, unless the occurrence knows better. */
  readonly retryAfter?: number;
}

/**
 * Every way in which Perisai refuses, whichever module does. The one list: the answer, the reference page and the type of the codes are
 * all read from it, so a new refusal is one row here.
 */
export const problems = {
  'bad-request': {
    status: 400,
    title: 'The request can not be read',
    remedy: 'Correct the address, header or query parameter that `detail` or `errors` names.',
  },
  'body-malformed': { status: 400, title: 'The body is not JSON', remedy: 'Send one JSON value (RFC 8259) in UTF-8.' },
  'field-unknown': {
    status: 400,
    title: 'The body has a field that is not known here',
    remedy: 'Remove or rename the fields that `errors` points to: nothing is ignored, so that a misspelt field can not go unnoticed.',
  },
  'field-missing': { status: 400, title: 'The body lacks a field', remedy: 'Add the fields that `errors` points to.' },
  'field-wrong': {
    status: 400,
    title: 'A field has a value that is not allowed',
    remedy: 'Correct the fields that `errors` points to. Types are not converted: `"1"` is not `1`.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'This request needs an Idempotency-Key',
    remedy:
      'Send a header `Idempotency-Key` of 1 to 255 visible ASCII characters, a new one (such as a UUID) for each thing you want done, the same when you try again.',
  },
  'cursor-wrong': {
    status: 400,
    title: 'The cursor is not one of ours',
    remedy: 'Send `next` of the page before as it came, or leave `after` out to begin anew.',
  },
  'time-in-future': {
    status: 400,
    title: 'The time lies in the future',
    remedy: 'Check the clock of your server; up to 5 minutes ahead are accepted.',
  },
  unauthorised: {
    status: 401,
    title: 'Who is calling is not known',
    remedy: 'Send `Authorization: Bearer psk_…` with a key that is neither expired nor revoked.',
  },
  'log-in-failed': { status: 401, title: 'These do not match', remedy: 'Check name, password and code, and try again.' },
  forbidden: { status: 403, title: 'This is not permitted to you', remedy: 'Ask an administrator whether your role should permit it.' },
  'forbidden-scope': { status: 403, title: 'The key has not the scope for this', remedy: 'Use a key with the scope that `detail` names.' },
  csrf: { status: 403, title: 'The form did not come from our own page', remedy: 'Open the page again and send the form from there.' },
  'same-person': { status: 403, title: 'A second person is needed', remedy: 'Somebody else than the first person must do this.' },
  'case-not-yours': { status: 403, title: 'The case is not claimed by you', remedy: 'Claim the case first.' },
  'appeal-not-open': {
    status: 403,
    title: 'This decision can not be appealed, or not any more',
    remedy: 'The statement of reasons says who may appeal, and until when.',
  },
  'inquiry-not-open': {
    status: 403,
    title: 'This decision can not be inquired into, or not any more',
    remedy: 'The notice says who may inquire; the time is 15 days from the notice.',
  },
  'not-found': { status: 404, title: 'There is nothing at this address', remedy: 'Compare method and path with /openapi.json.' },
  'report-unknown': {
    status: 404,
    title: 'There is no such report',
    remedy: 'Use the `report` that the intake answered, with a key of the same service.',
  },
  'glass-closed': {
    status: 409,
    title: 'Break-glass is not open for you',
    remedy: 'Open it first, with a reason, or wait for a second person.',
  },
  'call-unknown': { status: 404, title: 'There is no such call', remedy: 'Open the list of calls again.' },
  'call-answered': { status: 409, title: 'The call has been answered', remedy: 'Nothing to do: somebody else sees to it.' },
  'breach-unknown': { status: 404, title: 'There is no such breach', remedy: 'Open the page of the clocks again.' },
  'breach-explained': {
    status: 409,
    title: 'The breach has been explained',
    remedy: 'Read what was said; write a note in the case to add to it.',
  },
  'case-unknown': { status: 404, title: 'There is no such case', remedy: 'Check the id, and that it belongs to your service.' },
  'decision-unknown': {
    status: 404,
    title: 'There is no such decision',
    remedy: 'Use the `decision` of a webhook or statement of reasons of the same service.',
  },
  'appeal-unknown': { status: 404, title: 'There is no such appeal', remedy: 'Use the `appeal` that was answered when it was made.' },
  'account-unknown': {
    status: 404,
    title: 'There is no such account',
    remedy: 'Use the id under which your service sent the account; we know those who posted or reported something that became a case.',
  },
  'instruction-unknown': {
    status: 404,
    title: 'There is no such instruction',
    remedy: 'Look it up in the register of instructions at /desk/instructions.',
  },
  'inquiry-unknown': { status: 404, title: 'There is no such inquiry', remedy: 'Use the `inquiry` that was answered when it was made.' },
  'action-unknown': {
    status: 404,
    title: 'There is no such enforcement action',
    remedy: 'Use the `action` of the webhook `action.requested`.',
  },
  'delivery-unknown': {
    status: 404,
    title: 'There is no such webhook',
    remedy: 'Use a `message` of GET /v1/deliveries, or the header `webhook-id`, of the same service.',
  },
  'method-unknown': {
    status: 405,
    title: 'The address does not know this method',
    remedy: 'Use one of the methods that the header `Allow` names.',
  },
  conflict: { status: 409, title: 'The present state does not allow this', remedy: 'Read the state again and decide anew.' },
  'policy-incomplete': {
    status: 409,
    title: 'The policy is not whole',
    remedy: 'Write what is missing: every text in four languages, a clause for every harm, no number twice.',
  },
  'rule-wrong': {
    status: 422,
    title: 'The rule can not be used',
    remedy: 'Put right what `detail` names: the expression, or how much all rules together look at.',
  },
  'idempotency-running': {
    status: 409,
    title: 'The same request is still running',
    remedy: 'Wait a moment and send it again with the same key: you then get the answer of the first.',
    retryAfter: 1,
  },
  'report-answered': {
    status: 409,
    title: 'The report has been dismissed or answered',
    remedy: 'An answer is for good: read the report again.',
  },
  'item-conflict': {
    status: 409,
    title: 'The revision is known with other content',
    remedy: 'An edit is a new revision: give it another `revision`.',
  },
  'case-closed': { status: 409, title: 'The case is closed', remedy: 'A decided case changes by appeal or a new report only.' },
  'case-claimed': { status: 409, title: 'Somebody else has claimed the case', remedy: 'Take another one, or wait until it is released.' },
  'child-safety-only': {
    status: 409,
    title: 'Child abuse material is decided by child-safety reviewers',
    remedy: 'Hide the content by a clause of that harm: the case is theirs from that moment.',
  },
  'second-person-waits': {
    status: 409,
    title: 'A decision about this waits for a second person already',
    remedy: 'Wait until it is settled, or have who proposed it take it back.',
  },
  'decision-held': {
    status: 409,
    title: 'A decision about this is about to be carried out',
    remedy: 'Look again in half a minute; until then who decided can still take it back.',
  },
  'held-unknown': {
    status: 404,
    title: 'There is no such decision that waits',
    remedy: 'Look at its case: it says what became of it.',
  },
  'held-over': {
    status: 409,
    title: 'The time to undo this is over',
    remedy: 'It is carried out already; an appeal is the way to another decision.',
  },
  'second-person-needed': {
    status: 409,
    title: 'One person is not enough for this',
    remedy: 'Propose it; a second person settles it under Approvals.',
  },
  'look-first': {
    status: 409,
    title: 'The material was not looked at',
    remedy: 'A second person looks at the material before the proposal, and then settles it.',
  },
  'proposal-unknown': { status: 404, title: 'There is no such proposal', remedy: 'Look for it under Approvals.' },
  'proposal-settled': { status: 409, title: 'The proposal is settled', remedy: 'Nothing was changed; the case says how it went on.' },
  'lease-expired': { status: 409, title: 'The claim has run out', remedy: 'Claim the case again; nothing was changed.' },
  'decision-not-open': {
    status: 409,
    title: 'The decision is not in a state in which this can be done',
    remedy: 'Read the decision again.',
  },
  'appeal-exists': { status: 409, title: 'There is already an appeal', remedy: 'Ask for the state of the first one; it will be answered.' },
  'delivery-outdated': {
    status: 409,
    title: 'The webhook asks for what is not wanted any more',
    remedy: 'Ask GET /v1/actions for what waits now; the newest order on a target is the one that counts.',
  },
  'instruction-open': {
    status: 409,
    title: 'The instruction has not been carried out yet',
    remedy: 'Ask again once the platform has acknowledged what was ordered; only then there is a receipt.',
  },
  'instruction-exists': {
    status: 409,
    title: 'An instruction with this reference is in the register',
    remedy: 'Open it in the register; a second one has a reference of its own.',
  },
  'inquiry-exists': {
    status: 409,
    title: 'There is already an inquiry',
    remedy: 'Ask for the state of the first one; it will be answered.',
  },
  'target-seq-unknown': {
    status: 409,
    title: 'This target_seq was never sent for the target',
    remedy: 'Acknowledge with the target_seq of an action that you received.',
  },
  'body-too-large': { status: 413, title: 'The body is too large', remedy: 'Send less: `detail` says how much is accepted here.' },
  'media-type-unsupported': {
    status: 415,
    title: 'This media type is not accepted here',
    remedy: 'Send `Content-Type: application/json`.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    remedy: 'Use a new key for a new request; keys are kept for 7 days.',
  },
  'due-missing': {
    status: 422,
    title: 'It is not said by when',
    remedy: 'Say by when the direction is to be complied with, as it states.',
  },
  'surface-unknown': {
    status: 422,
    title: 'The service has no such surface',
    remedy: 'Use a slug from the settings of your service, or have the surface added.',
  },
  'item-unknown': {
    status: 422,
    title: 'This item has never come here',
    remedy: 'Have the service report or screen the item, then enter the instruction again.',
  },
  'clause-unknown': {
    status: 422,
    title: 'The policy in force has no such clause',
    remedy: 'Choose a clause of the policy version in force.',
  },
  'measure-too-grave': {
    status: 422,
    title: 'The ladder does not lead to this measure',
    remedy: 'Take what the ladder suggests, or less with a reason; what takes a second person is taken by a second person.',
  },
  'lessening-unexplained': {
    status: 422,
    title: 'Less is done to the account than the ladder has',
    remedy: 'Say why; colleagues will read it, so that like is treated alike.',
  },
  'ground-unknown': {
    status: 422,
    title: 'A report is dismissed on a listed ground only',
    remedy: 'Choose frivolous, vexatious, not in good faith, trivial or duplicate; what is none of them is decided.',
  },
  'measure-unfit': {
    status: 422,
    title: 'This can not be done to that kind of item',
    remedy: 'Choose one of the measures that the form offers for it; some may end after 1 to 365 days, none but those.',
  },
  'reason-missing': { status: 422, title: 'A decision needs a reason', remedy: 'Write the reason; the person concerned will read it.' },
  'case-bundled': {
    status: 409,
    title: 'The case is decided together with others',
    remedy: 'Open its bundle, or take it out of the bundle.',
  },
  'case-merged': {
    status: 409,
    title: 'The case is one matter with another',
    remedy: 'Work on the case that it was merged into, or take the merge back.',
  },
  'merge-refused': { status: 409, title: 'These cases are not merged', remedy: '`detail` says why; similar cases can be bundled instead.' },
  'merge-settled': {
    status: 409,
    title: 'The merge is decided',
    remedy: 'What was decided in the surviving case holds for both; an appeal is the way to another decision.',
  },
  'note-missing': { status: 422, title: 'A note is needed', remedy: 'Write in a sentence what the next person has to know.' },
  'desk-unknown': { status: 422, title: 'There is no such desk', remedy: 'Use one of the desks of catalogue/desks.json.' },
  'staff-unknown': { status: 422, title: 'Nobody of the staff can take it', remedy: 'Choose somebody who decides cases, or a desk.' },
  'park-refused': { status: 409, title: 'The case cannot rest', remedy: 'Hand it over instead; `detail` says why it cannot rest.' },
  'secrecy-refused': { status: 409, title: 'It cannot be kept secret', remedy: '`detail` says why.' },
  'rate-limited': { status: 429, title: 'Too many requests', remedy: 'Wait as long as `Retry-After` says.', retryAfter: 1 },
  'log-in-locked': {
    status: 429,
    title: 'Too many failed attempts',
    remedy: 'Wait as long as `Retry-After` says, or ask an administrator.',
    retryAfter: 60,
  },
  internal: {
    status: 500,
    title: 'Something failed on our side',
    remedy: 'Try again with the same Idempotency-Key; if it stays, tell the operator the `requestId`.',
  },
  unavailable: {
    status: 503,
    title: 'Just now too much is waiting',
    remedy: 'Try again as `Retry-After` says; with the same Idempotency-Key nothing happens twice.',
    retryAfter: 1,
  },
  'log-refuses': {
    status: 503,
    title: 'The log takes no records, so nothing may change',
    remedy: 'The operator runs `perisai doctor`, which explains why and what to do. Try again later.',
    retryAfter: 60,
  },
  'snapshot-incomplete': {
    status: 503,
    title: 'What was reported could not be kept whole',
    remedy: 'Send the media again, as bytes. The report was not taken.',
    retryAfter: 5,
  },
} as const satisfies Readonly<Record<string, Row>>;

/** The closed union of what can go wrong. */
export type ProblemCode = keyof typeof problems;

/** One wrong place of a request. */
export interface ProblemPlace {
  /** JSON pointer (RFC 6901) into the body, or where `in` says. */
  readonly pointer: string;
  /** Where the pointer begins; the body unless it is said. */
  readonly in?: 'query' | 'path';
  readonly code: ProblemCode;
  readonly detail: string;
}

/** What a problem may say beside code and detail. */
export interface ProblemMore {
  readonly errors?: readonly ProblemPlace[];
  /** Seconds; instead of the table's. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * A refusal on its way to a door. Thrown inside a transaction it rolls that back. `detail` is read by the client: it names what was wrong in
 * this occurrence and repeats nothing personal.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly ProblemPlace[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, detail: string = problems[code].title, more: ProblemMore = {}) {
    super(`${code}: ${detail}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter ?? (problems[code] as Row).retryAfter;
  }

  /** The HTTP status of its row. */
  get status(): number {
    return problems[this.code].status;
  }
}

/** A problem as it is answered: `application/problem+json` (RFC 9457) with our extensions `code`, `errors` and `requestId`. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors?: readonly ProblemPlace[];
  readonly requestId: string;
}

/** @param publicUrl where the page of its code lies (problem-pages.ts) */
export function problemDocument(refusal: Problem, requestId: string, publicUrl: string): ProblemDocument {
  const { code, detail, errors } = refusal;
  const { status, title } = problems[code];
  return {
    type: `${publicUrl}/problems/${code}`,
    title,
    status,
    detail,
    code,
    ...(errors === undefined ? {} : { errors }),
    requestId,
  };
}

/** The page `docs/reference/problems.md`, generated: one row a code, by status. */
export function problemsReference(): string {
  const rows = Object.entries(problems as Readonly<Record<string, Row>>)
    .sort(([a, left], [b, right]) => left.status - right.status || a.localeCompare(b))
    .map(
      ([code, row]) =>
        `| <a id="${code}"></a>\`${code}\` | ${row.status} | ${row.title} | ${row.remedy}${row.retryAfter === undefined ? '' : ` (Retry-After: ${row.retryAfter} unless told otherwise)`} |`,
    );
  return [
    '# Problems',
    '',
    'Every refusal is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, and ours: `code`, `errors` (each with a JSON',
    'pointer, a code and a sentence) and `requestId`. Branch on `code`; the sentences may change.',
    '',
    '| code | status | what it means | what to do |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
