import * as decisions from '../../decisions/index.ts';
import { badge } from '../../foundation/html/badge.ts';
import { button } from '../../foundation/html/button.ts';
import { type Html, html, type Part } from '../../foundation/html/html.ts';
import { table } from '../../foundation/html/table.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { may } from '../../staff/index.ts';
import type { ProposalRead } from '../../views/approvals/proposal.ts';
import { frame, proof, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';

const words = staffTexts({
  ms: {
    caption: 'Dijemput dari luar',
    name: 'Siapa',
    until: 'Hingga',
    state: 'Keadaan',
    act: 'Ubah',
    'state.sent': 'Dihantar',
    'state.opened': 'Dibuka',
    'state.settled': 'Sudah menjawab',
    'state.withdrawn': 'Ditarik balik',
    'state.over': 'Tamat',
    withdraw: 'Tarik balik jemputan',
    late: 'Jemputan ini tidak boleh ditarik balik lagi',
    'late.text': 'Orang itu sudah menjawab, atau jemputan itu sudah ditarik balik. Cadangan itu menunjukkan keadaannya.',
    back: 'Kembali ke cadangan',
  },
  en: {
    caption: 'Invited from outside',
    name: 'Who',
    until: 'Until',
    state: 'State',
    act: 'Change',
    'state.sent': 'Sent',
    'state.opened': 'Opened',
    'state.settled': 'Has answered',
    'state.withdrawn': 'Withdrawn',
    'state.over': 'Over',
    withdraw: 'Withdraw the invitation',
    late: 'This invitation can’t be withdrawn any more',
    'late.text': 'They have answered, or it has been withdrawn. The proposal shows how it stands.',
    back: 'Back to the proposal',
  },
});

const levels = { sent: 'medium', opened: 'high', settled: 'good', withdrawn: 'low', over: 'low' } as const;

type Row = Awaited<ReturnType<typeof decisions.invitationsTo>>[number];

/** Who is invited to a proposal from outside, until when and how that stands. Who invited them stays unsaid: it may be who proposed. */
export async function invitedHere(visit: Visit, { proposal, case: about }: Pick<ProposalRead, 'proposal' | 'case'>): Promise<Part> {
  const { house, language, member, now } = visit;
  const rows = await house.db.begin('doors', (tx) => decisions.invitationsTo(tx, proposal.id));
  if (rows.length === 0) return null;
  const say = words(language);
  const runs = ({ state, until, wrong }: Row) =>
    proposal.state === 'waiting' && until > now && (state === 'opened' || (state === 'sent' && wrong < decisions.wrongMost));
  const shown = (row: Row) => (row.state === 'settled' || row.state === 'withdrawn' || runs(row) ? row.state : 'over');
  const withdraws = (row: Row) =>
    runs(row) && may(member, 'second.withdraw', { type: 'invitation', invitedBy: row.invitedBy, harm: about.of.harm }).allowed;
  return table<Row>({
    caption: say('caption'),
    rows,
    columns: [
      { title: say('name'), cell: (row) => row.name ?? shared(language)('no-name') },
      { title: say('until'), cell: (row) => dateTime(row.until, language) },
      { title: say('state'), cell: (row) => badge({ level: levels[shown(row)], word: say(`state.${shown(row)}`) }) },
      {
        title: say('act'),
        cell: (row) =>
          withdraws(row)
            ? html`<form method="post" action="${`/desk/approvals/${proposal.id}/withdraw`}">${proof(visit)}<input type="hidden" name="invitation" value="${row.id}">${button({ kind: 'critical', text: say('withdraw') })}</form>`
            : null,
      },
    ],
  });
}

/** Somebody was faster. */
export function tooLatePage(visit: Visit, proposal: string): Promise<Html> {
  const say = words(visit.language);
  return frame(visit, {
    title: say('late'),
    active: 'approvals',
    body: html`<p class="lead">${say('late.text')}</p><p>${button({ text: say('back'), href: `/desk/approvals/${proposal}` })}</p>`,
  });
}
