import { badge } from '../../foundation/html/badge.ts';
import { emptyState } from '../../foundation/html/blocks.ts';
import { type Html, html } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { timeLeft } from '../../foundation/html/times.ts';
import { ownNames } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { whenText } from '../../foundation/i18n/time.ts';
import { harmEntry } from '../../policy/index.ts';
import { may } from '../../staff/index.ts';
import type { EndingRow } from '../../views/approvals/endings.sql.ts';
import type { ProposalRow } from '../../views/approvals/proposals.sql.ts';
import { frame, type Visit } from '../frame.ts';
import { pager } from '../pager.ts';
import { levelOf } from '../queue.ts';
import { harmShort, needName, words as shared, shortCode } from '../words.ts';
import { endings } from './endings.ts';

const words = staffTexts({
  ms: {
    title: 'Menunggu orang kedua',
    rule: 'Perkara ini memerlukan dua orang. Kandungan dilindungi sementara menunggu. Orang kedua melihat bahan dahulu, kemudian cadangannya.',
    caption: 'Cadangan yang menunggu, bahan kanak-kanak dahulu, kemudian yang paling lama',
    proposal: 'Cadangan',
    proposed: 'Dicadangkan {when}',
    why: 'Mengapa dua orang',
    who: 'Siapa boleh menyelesaikan',
    'answers.appeal': 'Menjawab satu rayuan',
    'answers.inquiry': 'Menjawab satu pertanyaan',
    'answers.review': 'Menyemak keputusan seorang diri',
    you: 'Anda boleh',
    own: 'Orang lain: cadangan ini milik anda',
    another: 'Orang kedua yang lain',
    'empty.title': 'Tiada apa-apa menunggu orang kedua',
    'empty.text': 'Apabila seseorang memutuskan perkara yang memerlukan dua orang, cadangannya muncul di sini.',
  },
  en: {
    title: 'Waiting for a second person',
    rule: 'These need two people. The content is protected meanwhile. The second person sees the material first, and then what was proposed.',
    caption: 'Proposals that wait, child abuse material first, then the oldest',
    proposal: 'Proposal',
    proposed: 'Proposed {when}',
    why: 'Why it needs two',
    who: 'Who may settle it',
    'answers.appeal': 'Answers an appeal',
    'answers.inquiry': 'Answers an inquiry',
    'answers.review': 'Reviews what was decided alone',
    you: 'You may',
    own: 'Somebody else: you proposed it',
    another: 'Another second person',
    'empty.title': 'Nothing waits for a second person',
    'empty.text': 'When somebody decides what needs two people, the proposal appears here.',
  },
});

export interface ApprovalsShown {
  readonly rows: readonly ProposalRow[];
  readonly endings: readonly EndingRow[];
  readonly next: string | null;
  readonly begun: boolean;
}

export function approvalsPage(visit: Visit, { rows, endings: accounts, next, begun }: ApprovalsShown): Promise<Html> {
  const { language, now, member } = visit;
  const say = words(language);
  const common = shared(language);
  const who = ({ proposedBy, contestedBy, harm }: ProposalRow) =>
    may(member, 'proposal.settle', { type: 'proposal', proposedBy, contestedBy, harm }).allowed
      ? say('you')
      : html`<span class="quiet">${say(proposedBy === member.id ? 'own' : 'another')}</span>`;
  return frame(visit, {
    title: say('title'),
    active: 'approvals',
    body: html`<p class="quiet">${say('rule')}</p>${table<ProposalRow>({
      caption: say('caption'),
      rows,
      empty: emptyState({ title: say('empty.title'), text: say('empty.text') }),
      columns: [
        {
          title: say('proposal'),
          cell: (row) =>
            html`<a class="code" href="${`/desk/approvals/${row.id}`}">${shortCode(row.id)}</a><span class="below nowrap">${say('proposed', { when: whenText(now, row.proposedAt, language) })}</span>`,
        },
        {
          title: common('harm'),
          cell: (row) =>
            html`${badge({ level: levelOf({ harm: row.harm, priority: harmEntry(row.harm).priority }), word: harmShort(row.harm, language) })}<span class="below" lang="${row.language}">${ownNames[row.language]}</span>`,
        },
        {
          title: say('why'),
          cell: (row) =>
            html`${row.needs.map((need) => needName(need, language)).join(', ')}${row.answers && html`<span class="below">${say(`answers.${row.answers.to}`)}</span>`}`,
        },
        { title: common('due'), cell: (row) => (row.dueAt ? timeLeft(now, row.dueAt, language) : null) },
        { title: common('shown'), cell: (row) => common(`shown.${(row.desired ?? 'visible') as 'visible'}`) },
        { title: say('who'), cell: who },
      ],
    })}${pager(visit, '/desk/approvals', next, begun)}${endings(visit, accounts)}`,
  });
}
