import { definitionList } from '../../foundation/html/blocks.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { spanText } from '../../foundation/i18n/time.ts';
import type { Receipt } from '../../instructions/index.ts';
import { frame, type Visit } from '../frame.ts';
import { words } from './words.ts';

/** The written receipt for the regulator, to be printed: what it asked, what was done, and when the platform confirmed it. */
export function receiptPage(visit: Visit, receipt: Receipt): Promise<Html> {
  const { language } = visit;
  const say = words(language);
  const at = (time: string) => dateTime(new Date(time), language);
  const late = Date.parse(receipt.acknowledged_at) - Date.parse(receipt.due_at);
  return frame(visit, {
    title: say('receipt.title', { reference: receipt.reference }),
    active: 'instructions',
    body: html`<p class="lead">${say('receipt.lead')}</p>${definitionList([
      [say('reference'), receipt.reference],
      [say('kind'), say(`kind.${receipt.kind}`)],
      [say('receipt.by'), receipt.service],
      [say('receipt.item'), receipt.item.id === null ? receipt.item.kind : `${receipt.item.kind} ${receipt.item.id}`],
      [say('received'), at(receipt.received_at)],
      [say('due'), at(receipt.due_at)],
      [say('receipt.done'), say(`shown.${receipt.shown}`)],
      [say('receipt.decision'), html`<span class="code">${receipt.decision.puid}</span>, ${at(receipt.decision.decided_at)}`],
      [say('receipt.acknowledged'), at(receipt.acknowledged_at)],
      [say('receipt.in-time'), receipt.in_time ? say('receipt.yes') : say('receipt.late', { span: spanText(late, language) })],
      [say('receipt.record'), html`<span class="code">${receipt.record}</span>`],
    ])}<p class="quiet">${say('receipt.print')} ${say('receipt.json', { path: `/v1/instructions/${receipt.instruction}/receipt` })}</p>`,
  });
}
