import { badge } from '../foundation/html/badge.ts';
import { emptyState } from '../foundation/html/blocks.ts';
import { type Html, html } from '../foundation/html/html.ts';
import { table } from '../foundation/html/table.ts';
import { timeLeft } from '../foundation/html/times.ts';
import { ownNames } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { whenText } from '../foundation/i18n/time.ts';
import { harmEntry, type Policy } from '../policy/index.ts';
import { may } from '../staff/index.ts';
import type { AppealRow } from '../views/appeals.sql.ts';
import { frame, type Visit } from './frame.ts';
import { pager } from './pager.ts';
import { levelOf } from './queue.ts';
import { clauseName, harmShort, words as shared, shortCode } from './words.ts';

const words = staffTexts({
  ms: {
    title: 'Rayuan yang menunggu',
    rule: 'Yang paling lama menunggu di atas. Orang yang membuat keputusan pertama tidak boleh memutuskan rayuannya.',
    caption: 'Rayuan, yang paling lama dahulu',
    appeal: 'Rayuan',
    received: 'Diterima {when}',
    side: 'Daripada',
    contested: 'Keputusan yang dirayu',
    who: 'Siapa boleh memutuskan',
    you: 'Anda boleh',
    another: 'Orang lain: anda yang memutuskan dahulu',
    'empty.title': 'Tiada rayuan menunggu',
    'empty.text': 'Apabila penulis atau pelapor merayu, rayuannya muncul di sini untuk orang lain menilai semula.',
  },
  en: {
    title: 'Appeals that wait',
    rule: 'Whatever has waited longest comes first. Who made the first decision cannot decide its appeal.',
    caption: 'Appeals, the oldest first',
    appeal: 'Appeal',
    received: 'Received {when}',
    side: 'From',
    contested: 'Contested decision',
    who: 'Who may decide',
    you: 'You may',
    another: 'Somebody else: the first decision was yours',
    'empty.title': 'No appeal is waiting',
    'empty.text': 'When an author or a reporter appeals, it appears here for another person to look again.',
  },
});

export interface AppealsShown {
  readonly rows: readonly AppealRow[];
  readonly guidelines: Policy;
  readonly next: string | null;
  readonly begun: boolean;
}

export function appealsPage(visit: Visit, { rows, guidelines, next, begun }: AppealsShown): Promise<Html> {
  const { language, now, member } = visit;
  const say = words(language);
  const common = shared(language);
  return frame(visit, {
    title: say('title'),
    active: 'appeals',
    body: html`<p class="quiet">${say('rule')}</p>${table<AppealRow>({
      caption: say('caption'),
      rows,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [
        {
          title: say('appeal'),
          cell: (row) =>
            html`<a class="code" href="${`/desk/appeals/${row.id}`}">${shortCode(row.id)}</a><span class="below">${say('received', { when: whenText(now, row.receivedAt, language) })}</span>`,
        },
        {
          title: common('harm'),
          cell: (row) =>
            badge({ level: levelOf({ harm: row.harm, priority: harmEntry(row.harm).priority }), word: harmShort(row.harm, language) }),
        },
        { title: common('due'), cell: (row) => (row.dueAt ? timeLeft(now, row.dueAt, language) : null) },
        {
          title: say('side'),
          cell: (row) => html`${common(`side.${row.role}`)}<span class="below" lang="${row.language}">${ownNames[row.language]}</span>`,
        },
        {
          title: say('contested'),
          cell: (row) =>
            html`${common(`determination.${row.determination as 'remove'}`)}${row.clause === null ? null : html`<span class="below">${clauseName(row.clause, guidelines, language)}</span>`}`,
        },
        {
          title: say('who'),
          cell: (row) =>
            may(member, 'appeal.decide', { type: 'appeal', decidedBy: row.decidedBy, harm: row.harm }).allowed
              ? say('you')
              : html`<span class="quiet">${say('another')}</span>`,
        },
      ],
    })}${pager(visit, '/desk/appeals', next, begun)}`,
  });
}
