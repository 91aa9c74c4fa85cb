import { deskOf, desks, type WorkDesk, worksAt } from '../cases/index.ts';
import { button } from '../foundation/html/button.ts';
import type { Html, Part } from '../foundation/html/html.ts';
import { html } from '../foundation/html/html.ts';
import { type Column, table } from '../foundation/html/table.ts';
import { ownNames, staffLanguage } from '../foundation/i18n/language.ts';
import { staffTexts } from '../foundation/i18n/texts.ts';
import { covers, type Member } from '../staff/index.ts';
import type { RosterEntry } from '../staff/questions.ts';
import type { DeskLoad } from '../views/queue.sql.ts';
import { frame, type Visit } from './frame.ts';
import { harmShort } from './words.ts';

const words = staffTexts({
  ms: {
    title: 'Meja kerja',
    lead: 'Setiap kes menunggu di satu meja, mengikut bahaya dan bahasanya, sehingga seseorang menyerahkannya ke meja lain. Anda diberi kes dalam bahasa anda; kes yang tarikh akhirnya kurang sejam lagi diberikan kepada sesiapa sahaja.',
    caption: 'Meja, beban kerja dan orangnya',
    desk: 'Meja',
    takes: 'Menerima',
    'takes.all': 'Semua yang lain',
    waiting: 'Menunggu',
    soon: 'Dalam sejam',
    held: 'Dipegang',
    raised: 'Dinaikkan',
    parked: 'Ditangguhkan',
    people: 'Siapa bekerja di sini',
    nobody: 'Tiada seorang pun daripada kakitangan bertutur bahasa ini',
  },
  en: {
    title: 'Desks',
    lead: 'Each case waits at one desk, by its harm and language, until somebody hands it to another. You are given cases in your languages; a case whose deadline is less than an hour away is given to anybody.',
    caption: 'Desks, what lies there, and who works there',
    desk: 'Desk',
    takes: 'Takes',
    'takes.all': 'Everything else',
    waiting: 'Waiting',
    soon: 'Within the hour',
    held: 'Held',
    raised: 'Raised',
    parked: 'Parked',
    people: 'Who works here',
    nobody: 'Nobody of the staff speaks this language',
  },
});

interface Row extends Record<'waiting' | 'soon' | 'held' | 'raised' | 'parked', number> {
  readonly desk: WorkDesk;
  readonly people: readonly string[];
}

/** Every desk with what lies there now and who may work there; one that nobody can work at says so. */
export function desksPage(
  visit: Visit,
  { loads, roster }: { readonly loads: readonly DeskLoad[]; readonly roster: readonly RosterEntry[] },
): Promise<Html> {
  const say = words(visit.language);
  const people = roster
    .filter(({ disabled, name }) => !disabled && name !== null)
    .map((entry): Member => ({ ...entry, name: entry.name ?? '' }))
    .filter((member) => covers(member, 'case.decide'));
  const rows = desks.map((desk): Row => {
    const lying = loads.filter((load) => (load.desk ?? deskOf(load).id) === desk.id);
    const sum = (of: 'waiting' | 'soon' | 'held' | 'raised' | 'parked') => lying.reduce((total, load) => total + load[of], 0);
    return {
      desk,
      waiting: sum('waiting'),
      soon: sum('soon'),
      held: sum('held'),
      raised: sum('raised'),
      parked: sum('parked'),
      people: people.filter((member) => worksAt(member, desk)).map(({ name }) => name),
    };
  });
  return frame(visit, {
    title: say('title'),
    active: 'queue',
    body: html`<p class="lead">${say('lead')}</p>${table({ caption: say('caption'), columns: columns(visit), rows })}`,
  });
}

function columns({ language }: Visit): readonly Column<Row>[] {
  const say = words(language);
  const number = (of: 'waiting' | 'soon' | 'held' | 'raised' | 'parked'): Column<Row> => ({
    title: say(of),
    cell: (row) => row[of],
    number: true,
  });
  return [
    {
      title: say('desk'),
      cell: ({ desk }) => button({ text: desk.name[staffLanguage(language)], href: `/desk/queue?desk=${desk.id}` }),
    },
    { title: say('takes'), cell: ({ desk }) => takes(desk, language) },
    number('waiting'),
    number('soon'),
    number('held'),
    number('raised'),
    number('parked'),
    {
      title: say('people'),
      cell: ({ people }) => (people.length === 0 ? html`<strong>${say('nobody')}</strong>` : people.join(', ')),
    },
  ];
}

function takes({ harms, languages }: WorkDesk, language: Visit['language']): Part {
  if (harms === null && languages === null) return words(language)('takes.all');
  return [...(harms ?? []).map((harm) => harmShort(harm, language)), ...(languages ?? []).map((one) => ownNames[one])].join(', ');
}
