import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { timeLeftText, whenText } from '../../foundation/i18n/time.ts';
import type { Attempt } from '../../foundation/outbox/delivery-log.ts';
import type { Standing } from '../../foundation/outbox/outbox.ts';
import { may } from '../../staff/index.ts';
import { frame, notice, proof, type Visit } from '../frame.ts';
import { pager } from '../pager.ts';
import { words as shared, shortCode } from '../words.ts';

const words = staffTexts({
  ms: {
    title: 'Penghantaran kepada platform',
    rule: 'Setiap percubaan menghantar webhook, 30 hari ke belakang. Yang gagal dicuba semula sendiri selama lima hari, kemudian hanya dengan tangan.',
    stuck: 'Webhook yang tidak sampai',
    log: 'Setiap percubaan, yang terbaharu dahulu',
    'log.one': 'Setiap percubaan webhook {code}, yang terbaharu dahulu',
    all: 'Semua percubaan',
    message: 'Webhook',
    'type.action.requested': 'Arahan kepada platform',
    'type.notice.issued': 'Notis kepada pengguna',
    'type.notice.emailed': 'Notis melalui e-mel',
    'type.receipt.emailed': 'Resit kepada MCMC',
    'type.report.acknowledged': 'Laporan diterima',
    tries: 'Cubaan',
    when: 'Bila',
    took: 'Tempoh',
    ms: '{count} ms',
    ended: 'Hasil',
    answer: 'Jawapan platform',
    'answer.none': 'Tiada',
    next: 'Cubaan seterusnya',
    'next.none': 'Tiada',
    again: 'Hantar semula',
    replayed: 'Webhook {code} dihantar semula sekarang.',
    'result.done': 'Selesai',
    'result.taken': 'Diterima, belum dibuat',
    'result.failed': 'Gagal, dicuba semula',
    'result.given-up': 'Dihentikan',
    'stuck.title': 'Semua webhook sampai',
    'stuck.text': 'Apabila platform tidak menjawab, atau menjawab dengan ralat, webhooknya muncul di sini.',
    'log.title': 'Belum ada percubaan',
    'log.text': 'Tiada webhook dihantar dalam 30 hari ini.',
  },
  en: {
    title: 'Deliveries to the platform',
    rule: 'Every try of every webhook of the last 30 days. What fails is tried again by itself for five days, then by hand only.',
    stuck: 'Webhooks that do not arrive',
    log: 'Every try, the newest first',
    'log.one': 'Every try of the webhook {code}, the newest first',
    all: 'All tries',
    message: 'Webhook',
    'type.action.requested': 'Order to the platform',
    'type.notice.issued': 'Notice to a user',
    'type.notice.emailed': 'Notice by e-mail',
    'type.receipt.emailed': 'Receipt to MCMC',
    'type.report.acknowledged': 'Report received',
    tries: 'Tries',
    when: 'When',
    took: 'Took',
    ms: '{count} ms',
    ended: 'Ended',
    answer: 'What the platform answered',
    'answer.none': 'Nothing',
    next: 'Next try',
    'next.none': 'None',
    again: 'Send again',
    replayed: 'The webhook {code} goes out again now.',
    'result.done': 'Done',
    'result.taken': 'Received, not done yet',
    'result.failed': 'Failed, tried again',
    'result.given-up': 'Given up',
    'stuck.title': 'Every webhook arrives',
    'stuck.text': 'When a platform does not answer, or answers with an error, its webhooks appear here.',
    'log.title': 'No tries yet',
    'log.text': 'No webhook was sent in the last 30 days.',
  },
});

export interface DeliveriesShown {
  readonly stuck: readonly Standing[];
  readonly tries: readonly Attempt[];
  /** One webhook's tries only. */
  readonly message: string | undefined;
  readonly replayed: boolean;
  readonly next: string | null;
  readonly begun: boolean;
}

const levels = { done: 'low', taken: 'medium', failed: 'high', 'given-up': 'critical' } as const;

/** What was sent to the platforms, try by try, and what does not arrive: for whoever has to find out why. */
export function deliveriesPage(visit: Visit, { stuck, tries, message, replayed, next, begun }: DeliveriesShown): Promise<Html> {
  const { language, now } = visit;
  const say = words(language);
  const address = message === undefined ? '/desk/deliveries' : `/desk/deliveries?message=${message}`;
  return frame(visit, {
    title: say('title'),
    active: 'enforcement',
    body: html`${replayed && message !== undefined ? notice(say('replayed', { code: shortCode(message) })) : null}<p class="quiet">${say('rule')}</p>${
      message === undefined ? null : html`<p><a href="/desk/deliveries">${say('all')}</a></p>`
    }${table<Standing>({
      caption: say('stuck'),
      rows: stuck,
      empty: emptyState({ title: say('stuck.title'), text: say('stuck.text') }),
      columns: [
        { title: say('message'), cell: (row) => named(visit, row.id, row) },
        { title: shared(language)('since'), cell: (row) => whenText(now, row.createdAt, language) },
        { title: say('tries'), cell: (row) => row.attempts, number: true },
        { title: say('answer'), cell: (row) => (row.failure === null ? say('answer.none') : html`<span lang="en">${row.failure}</span>`) },
        { title: say('next'), cell: (row) => nextOf(visit, row) },
      ],
    })}${table<Attempt>({
      caption: message === undefined ? say('log') : say('log.one', { code: shortCode(message) }),
      rows: tries,
      empty: emptyState({ title: say('log.title'), text: say('log.text') }),
      columns: [
        { title: say('message'), cell: (row) => named(visit, row.message, row) },
        {
          title: say('when'),
          cell: (row) => html`${whenText(now, row.at, language)}<span class="below nowrap">${say('ms', { count: row.durationMs })}</span>`,
        },
        { title: say('tries'), cell: (row) => row.attempt, number: true },
        { title: say('ended'), cell: (row) => badge({ level: levels[row.result], word: say(`result.${row.result}`) }) },
        { title: say('answer'), cell: (row) => answered(row, say('answer.none')) },
        {
          title: say('next'),
          cell: (row) => (row.nextAt === null ? html`<span class="quiet">${say('next.none')}</span>` : whenText(now, row.nextAt, language)),
        },
      ],
    })}${pager(visit, address, next, begun)}`,
  });
}

function named({ language }: Visit, id: string, { type, service }: { readonly type: string; readonly service: string }): Part {
  const say = words(language);
  return html`<a href="${`/desk/deliveries?message=${id}`}">${shortCode(id)}</a><span class="below">${say(`type.${type as 'notice.issued'}`)} · ${service}</span>`;
}

function answered({ status, failure, response }: Attempt, none: string): Part {
  const said = failure ?? (status === null ? none : `HTTP ${status}`);
  return html`<span lang="en">${said}</span>${response === null ? null : html`<span class="below"><code lang="">${response}</code></span>`}`;
}

function nextOf(visit: Visit, row: Standing): Part {
  const { language, now, member } = visit;
  const say = words(language);
  const state = row.deadAt
    ? badge({ level: 'critical', word: say('result.given-up') })
    : html`<span>${timeLeftText(now, row.nextAt, language)}</span>`;
  if (!may(member, 'delivery.replay', 'delivery').allowed) return state;
  return html`${state}<form method="post" action="${`/desk/deliveries/${row.id}/replay`}">${proof(visit)}${button({ text: say('again') })}</form>`;
}
