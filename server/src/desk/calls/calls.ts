import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { type Column, table } from '../../foundation/html/table.ts';
import { timeLeft } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import { may } from '../../staff/index.ts';
import type { CallRow } from '../../views/calls/calls.sql.ts';
import { caseLink } from '../case-link.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { clockName, harmShort, rolesNamed, words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    rule: 'Anda dipanggil apabila janji dilanggar, apabila tempoh sembunyi tamat tanpa keputusan, apabila seseorang memutuskan seorang diri, dan apabila sesuatu tidak pernah sampai. Panggilan yang tidak dijawab diulang setiap 24 jam.',
    'rule.answer': 'Menjawab bermaksud anda tahu dan akan menguruskannya. Panggilan lain tentang kes yang sama turut dijawab.',
    ringing: 'Menunggu jawapan, yang paling lama dahulu',
    answered: 'Sudah dijawab, yang terbaharu dahulu',
    what: 'Tentang',
    who: 'Dipanggil',
    rang: 'Kali terakhir',
    times: { other: '{count} kali' },
    answer: 'Jawab: saya uruskan',
    'answered.by': '{name}, {when}',
    done: 'Dijawab',
    'about.warning': 'Jam hampir tamat',
    'about.breach': 'Janji dilanggar',
    'about.lapse': 'Tempoh sembunyi tamat tanpa keputusan',
    'about.break-glass': 'Kuasa kecemasan dibuka',
    'about.alone': 'Diputuskan seorang diri',
    'about.undelivered': 'Sesuatu tidak pernah sampai',
    undelivered: 'Yang tidak sampai ke {service}',
    'about.objected': 'Apa yang dibuat seorang diri dibantah',
    short: 'Tiada sesiapa dengan peranan itu: pentadbir dipanggil. Daftarkan seseorang.',
    nobody: 'Tiada sesiapa',
    'empty.title': 'Tiada panggilan menunggu',
    'empty.text': 'Jika sesuatu lewat atau hampir lewat, panggilan muncul di sini.',
    'none.title': 'Belum ada panggilan yang dijawab',
    'none.text': 'Siapa yang menjawab, dan bila, direkodkan di sini.',
    explain: 'Beri sebabnya',
  },
  en: {
    rule: 'You are called when a promise is broken, when a hidden period ends undecided, when somebody decides alone, and when something never arrives. What is not answered rings again every 24 hours.',
    'rule.answer': 'To answer says that you know and see to it. Other calls about the same case are answered with it.',
    ringing: 'Waiting for an answer, the longest first',
    answered: 'Answered, the newest first',
    what: 'About',
    who: 'Called',
    rang: 'Rang last',
    times: { one: 'once', other: '{count} times' },
    answer: 'Answer: I see to it',
    'answered.by': '{name}, {when}',
    done: 'Answered',
    'about.warning': 'A clock runs out',
    'about.breach': 'A promise was broken',
    'about.lapse': 'A hidden period ended undecided',
    'about.break-glass': 'Break-glass was opened',
    'about.alone': 'Decided alone',
    'about.undelivered': 'Something never arrived',
    undelivered: 'What did not reach {service}',
    'about.objected': 'What one did alone is objected to',
    short: 'Nobody has that role: administrators are called. Enrol somebody.',
    nobody: 'Nobody',
    'empty.title': 'No call is waiting',
    'empty.text': 'If something is late or nearly so, a call appears here.',
    'none.title': 'No call has been answered yet',
    'none.text': 'Who answered, and when, stands here.',
    explain: 'Say why',
  },
});

export interface CallsShown {
  readonly ringing: readonly CallRow[];
  readonly answered: readonly CallRow[];
  readonly errors: readonly FieldError[];
}

export function callsPage(visit: Visit, { ringing, answered, errors }: CallsShown): Promise<Html> {
  const { language, now, member } = visit;
  const say = words(language);
  const rang = (row: CallRow): Part =>
    html`${whenText(now, row.calledAt, language)}<span class="below">${say('times', { count: row.times })}</span>`;
  const answer = (row: CallRow): Part =>
    may(member, 'call.answer', { type: 'call', roles: row.roles }).allowed
      ? html`<form method="post" action="${`/desk/calls/${row.id}/answer`}">${proof(visit)}${button({ text: say('answer') })}</form>${explains(visit, row)}`
      : explains(visit, row);
  return frame(visit, {
    title: shared(language)('calls'),
    active: 'calls',
    ...(errors.length > 0 ? { errors } : {}),
    body: html`<p class="quiet">${say('rule')} ${say('rule.answer')}</p>${table<CallRow>({
      caption: say('ringing'),
      rows: ringing,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [...columns(visit), { title: say('rang'), cell: rang }, { title: say('answer'), cell: answer }],
    })}${table<CallRow>({
      caption: say('answered'),
      rows: answered,
      empty: emptyState({ title: say('none.title'), text: say('none.text') }),
      columns: [
        ...columns(visit),
        { title: say('rang'), cell: rang },
        {
          title: say('done'),
          cell: (row) =>
            html`${say('answered.by', {
              name: row.answeredBy ?? shared(language)('no-name'),
              when: whenText(now, row.answeredAt as Date, language),
            })}${explains(visit, row)}`,
        },
      ],
    })}`,
  });
}

function columns(visit: Visit): readonly Column<CallRow>[] {
  const { language, now } = visit;
  const say = words(language);
  return [
    {
      title: say('what'),
      cell: (row) =>
        html`${badge({ level: row.about === 'warning' ? 'high' : 'critical', word: say(`about.${row.about}`) })}${
          row.clock === null ? null : html`<span class="below">${clockName(row.clock, language)}</span>`
        }${row.dueAt === null ? null : html`<span class="below">${timeLeft(now, row.dueAt, language)}</span>`}`,
    },
    {
      title: shared(language)('case'),
      cell: (row) =>
        row.case === null || row.harm === null
          ? row.about === 'undelivered'
            ? html`<a href="${`/desk/deliveries?message=${row.subject}`}">${say('undelivered', { service: row.service })}</a>`
            : row.clock === 'instruction' && may(visit.member, 'instructions.view', 'instructions').allowed
              ? html`<a href="${`/desk/instructions/${row.subject}`}">MCMC</a>`
              : aloneLink(visit, row)
          : html`${caseLink(visit, { case: row.case, harm: row.harm })}<span class="below">${harmShort(row.harm, language)}</span>`,
    },
    {
      title: say('who'),
      cell: (row) =>
        html`${row.names.length > 0 ? row.names.join(', ') : say('nobody')}<span class="below">${rolesNamed(row.roles, language)}</span>${
          row.short ? html`<span class="below"><strong>${say('short')}</strong></span>` : null
        }`,
    },
  ];
}

/** To the list of what was done alone, where it is about no case. */
function aloneLink({ language, member }: Visit, { about }: CallRow): Part {
  const listed = about === 'break-glass' || about === 'alone' || about === 'objected';
  if (!listed || !may(member, 'break-glass.view', 'break-glass').allowed) return null;
  return html`<a href="/desk/break-glass">${shared(language)('break-glass')}</a>`;
}

/** A broken promise wants a reason, too. */
function explains({ language, member }: Visit, { about }: CallRow): Part {
  if (about !== 'breach' || !may(member, 'clock.explain', 'clocks').allowed) return null;
  return html`<span class="below"><a href="/desk/clocks#breaches">${words(language)('explain')}</a></span>`;
}
