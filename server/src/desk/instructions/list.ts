import { badge } from '../../foundation/html/badge.ts';
import { definitionList, emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { field } from '../../foundation/html/field.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime, timeLeft } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { type Instruction, nextSteps } from '../../instructions/index.ts';
import { may } from '../../staff/index.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { pager } from '../pager.ts';
import { words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Daftar arahan MCMC',
    rule: 'Arahan tentang kandungan mengatasi keputusan kita tentang kandungan yang sama (Akta 866 s.28), dan jika Kod dan Akta bercanggah, Akta diikuti. Tempohnya ialah tempoh yang dinyatakan oleh MCMC.',
    caption: 'Arahan, yang terbaharu dahulu',
    reference: 'Rujukan MCMC',
    kind: 'Apa yang diminta',
    state: 'Keadaan',
    'kind.remove': 'Buang kandungan (s.25)',
    'kind.restore': 'Pulihkan kandungan (s.27)',
    'kind.direction': 'Hala tuju (s.30)',
    'kind.non-compliance': 'Notis ketidakpatuhan (s.37)',
    'state.received': 'Diterima',
    'state.carried-out': 'Diputuskan, menunggu platform',
    'state.answered': 'Dilaksanakan; resit siap',
    'state.submitted': 'Hujahan dihantar',
    'state.registered': 'Didaftarkan, berkuat kuasa',
    'state.ended': 'Tamat atau dibatalkan',
    'state.paid': 'Dibayar',
    'state.represented': 'Representasi dibuat',
    'empty.title': 'Tiada arahan',
    'empty.text': 'Apabila MCMC memberi arahan, masukkannya di bawah.',
    enter: 'Masukkan arahan',
    due: 'Tempoh tamat',
    'due.hint': 'Waktu Malaysia, seperti 2026-11-30 17:00',
    'item.kind': 'Jenis kandungan',
    'item.id': 'ID kandungan di platform',
    'item.hint': 'Untuk buang dan pulihkan sahaja.',
    send: 'Simpan dan laksanakan',
    receipt: 'Resit bertulis',
    received: 'Diterima',
    done: 'Selesai',
    case: 'Kes',
    'do.submitted': 'Hujahan sudah dihantar',
    'do.registered': 'Sudah didaftarkan',
    'do.ended': 'Sudah tamat atau dibatalkan',
    'do.paid': 'Sudah dibayar',
    'do.represented': 'Representasi sudah dibuat',
  },
  en: {
    title: 'Register of MCMC’s instructions',
    rule: 'An instruction about content prevails over our decision on the same content (Act 866 s.28); where Code and Act contradict each other, the Act is followed. The time is the one that MCMC states.',
    caption: 'Instructions, the newest first',
    reference: 'MCMC’s reference',
    kind: 'What is asked',
    state: 'State',
    'kind.remove': 'Remove content (s.25)',
    'kind.restore': 'Make content accessible again (s.27)',
    'kind.direction': 'Direction (s.30)',
    'kind.non-compliance': 'Notice of non-compliance (s.37)',
    'state.received': 'Received',
    'state.carried-out': 'Decided, waiting for the platform',
    'state.answered': 'Carried out; receipt ready',
    'state.submitted': 'Submission made',
    'state.registered': 'Registered, in force',
    'state.ended': 'Expired or revoked',
    'state.paid': 'Paid',
    'state.represented': 'Representation made',
    'empty.title': 'No instruction',
    'empty.text': 'When MCMC gives an instruction, enter it below.',
    enter: 'Enter an instruction',
    due: 'To be done by',
    'due.hint': 'Malaysian time, such as 2026-11-30 17:00',
    'item.kind': 'Kind of content',
    'item.id': 'Id of the content on the platform',
    'item.hint': 'For removing and making accessible again only.',
    send: 'Save and carry out',
    receipt: 'Written receipt',
    received: 'Received',
    done: 'Done',
    case: 'Case',
    'do.submitted': 'The submission was made',
    'do.registered': 'It was registered',
    'do.ended': 'It expired or was revoked',
    'do.paid': 'It was paid',
    'do.represented': 'A representation was made',
  },
});

export interface TypedInstruction {
  readonly service?: string;
  readonly kind?: string;
  readonly reference?: string;
  readonly due?: string;
  readonly item_kind?: string;
  readonly item_id?: string;
}

export interface RegisterShown {
  readonly rows: readonly Instruction[];
  readonly next: string | null;
  readonly begun: boolean;
  readonly services: readonly { readonly slug: string; readonly name: string }[];
  readonly typed?: TypedInstruction;
  readonly errors?: readonly FieldError[];
}

/** The register of what the regulator asks for, with the form that enters more. */
export function registerPage(visit: Visit, shown: RegisterShown): Promise<Html> {
  const { language, now, member } = visit;
  const say = words(language);
  return frame(visit, {
    title: say('title'),
    active: 'instructions',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<p class="quiet">${say('rule')}</p>${table<Instruction>({
      caption: say('caption'),
      rows: shown.rows,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [
        { title: say('reference'), cell: (row) => html`<a href="${`/desk/instructions/${row.id}`}">${row.reference}</a>` },
        { title: say('kind'), cell: (row) => say(`kind.${row.kind}`) },
        { title: say('state'), cell: (row) => badge({ level: row.settledAt ? 'good' : 'low', word: say(`state.${row.state}`) }) },
        { title: say('due'), cell: (row) => (row.settledAt ? dateTime(row.dueAt, language) : timeLeft(now, row.dueAt, language)) },
      ],
    })}${pager(visit, '/desk/instructions', shown.next, shown.begun)}${may(member, 'instruction.register', 'instruction').allowed ? entry(visit, shown) : null}`,
  });
}

function entry(visit: Visit, { services, typed = {}, errors = [] }: RegisterShown): Html {
  const { language } = visit;
  const say = words(language);
  const more = (name: keyof TypedInstruction) => {
    const error = errors.find(({ field }) => field === name)?.message;
    return { ...(typed[name] ? { value: typed[name] } : {}), ...(error ? { error } : {}) };
  };
  const choices = (all: readonly (readonly [string, string])[]) => all.map(([value, label]) => ({ value, label }));
  const kinds = (['remove', 'restore', 'direction', 'non-compliance'] as const).map((kind) => [kind, say(`kind.${kind}`)] as const);
  return html`<section><h2>${say('enter')}</h2><form class="stack" method="post" action="/desk/instructions">${proof(visit)}${[
    field({
      kind: 'select',
      language,
      name: 'service',
      label: shared(language)('service'),
      choices: choices(services.map(({ slug, name }) => [slug, name])),
      ...more('service'),
    }),
    field({ kind: 'radios', language, name: 'kind', label: say('kind'), choices: choices(kinds), ...more('kind') }),
    field({ kind: 'text', language, name: 'reference', label: say('reference'), maxlength: 100, ...more('reference') }),
    field({ kind: 'text', language, name: 'due', label: say('due'), hint: say('due.hint'), short: true, maxlength: 16, ...more('due') }),
    field({
      kind: 'select',
      language,
      name: 'item_kind',
      label: say('item.kind'),
      choices: choices(['post', 'comment', 'message', 'profile'].map((one) => [one, one])),
      ...more('item_kind'),
    }),
    field({ kind: 'text', language, name: 'item_id', label: say('item.id'), hint: say('item.hint'), maxlength: 200, ...more('item_id') }),
  ]}<div class="actions">${button({ kind: 'primary', text: say('send') })}</div></form></section>`;
}

/** One instruction; where it has been carried out, the written receipt for the regulator. */
export function instructionPage(visit: Visit, of: Instruction): Promise<Html> {
  const { language, member } = visit;
  const say = words(language);
  const steps = may(member, 'instruction.register', 'instruction').allowed ? nextSteps(of) : [];
  const forms: Part = steps.map(
    (to) =>
      html`<form method="post" action="${`/desk/instructions/${of.id}/advance`}">${proof(visit)}<input type="hidden" name="to" value="${to}">${button({ text: say(`do.${to as 'paid'}`) })}</form>`,
  );
  return frame(visit, {
    title: of.reference,
    active: 'instructions',
    body: html`${of.state === 'answered' ? html`<h2>${say('receipt')}</h2>` : null}${definitionList([
      [say('reference'), of.reference],
      [say('kind'), say(`kind.${of.kind}`)],
      [say('state'), say(`state.${of.state}`)],
      [say('received'), dateTime(of.receivedAt, language)],
      [say('due'), dateTime(of.dueAt, language)],
      of.settledAt ? [say('done'), dateTime(of.settledAt, language)] : null,
      of.decision ? [say('receipt'), html`<span class="code">PRS-${of.decision}</span>`] : null,
      of.case ? [say('case'), html`<span class="code">${shortCode(of.case)}</span>`] : null,
    ])}${forms}`,
  });
}
