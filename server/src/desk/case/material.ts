import { definitionList, said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { dateTime } from '../../foundation/html/times.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';
import { unseenRevision } from '../../subjects/index.ts';
import type { CaseRead } from '../../views/case-life.ts';
import type { Material } from '../../views/material.ts';
import { caseLink } from '../case-link.ts';
import { files } from '../files/figure.ts';
import { proof, type Visit } from '../frame.ts';
import { words as shared } from '../words.ts';
import { fieldsOf } from './fields.ts';

const words = staffTexts({
  ms: {
    'guarded.title': 'Bahan ini mungkin mengganggu anda',
    'guarded.text': 'Ia tidak ditunjukkan sehingga anda memintanya. Setiap kali dibuka, nama anda, masa dan sebabnya direkodkan.',
    'guarded.show': 'Tunjukkan bahan',
    'unseen.title': 'Bahan tidak ditunjukkan kepada anda',
    'unseen.text': 'Peranan anda membaca apa yang dibuat, bukan apa yang dikatakan.',
    prints: 'Cap jari',
    'prints.text': 'Bandingkan cap jari dahulu; selalunya itu sudah cukup. Bahan itu sendiri tidak perlu dibuka untuk membuat keputusan.',
    'prints.none': 'Tiada fail; hanya teks.',
    shown: 'Bahan sedang ditunjukkan; tekan untuk menutupnya',
    erased: 'Teks dan fail sudah dihapuskan bersama kunci penulisnya.',
    older: { other: '{count} versi lebih awal' },
    version: 'Versi',
    seen: 'Dimeterai',
    dated: 'Ditulis, menurut platform',
    attested: 'Disahkan oleh',
    'attested.platform': 'platform',
    'attested.reporter': 'pelapor',
    'attested.franked': 'tanda platform pada mesej tersulit',
    incomplete: 'Salinan ini tidak lengkap: ada fail yang tidak disimpan.',
    unseen: 'Profil ini belum pernah dihantar ke sini: hanya nama akaunnya diketahui.',
    author: 'Penulis',
    where: 'Di mana',
    'surface.public-feed': 'Suapan umum',
    'surface.private-message': 'Mesej peribadi',
    'surface.group': 'Kumpulan',
    'surface.channel': 'Saluran',
    'surface.live': 'Siaran langsung',
    'surface.ad': 'Iklan',
    'surface.search': 'Carian',
    'surface.recommender': 'Syor',
    kind: 'Jenis',
    'kind.post': 'Hantaran',
    'kind.comment': 'Komen',
    'kind.message': 'Mesej',
    'kind.profile': 'Profil',
    'kind.group': 'Kumpulan',
    'kind.channel': 'Saluran',
    'kind.live': 'Siaran langsung',
    'kind.ad': 'Iklan',
    'kind.suggestion': 'Cadangan carian',
    'kind.recommendation': 'Syor',
    advertiser: 'Pengiklan',
    landing: 'Membawa ke',
    segment: 'Bahagian siaran',
    segments: 'Semua bahagian ketika itu',
    shows: 'Platform kini',
    parent: 'Balasan kepada',
    url: 'Alamatnya',
  },
  en: {
    'guarded.title': 'This material may distress you',
    'guarded.text': 'It is not shown until you ask for it. Each time it is opened, your name, the time and the reason are put on record.',
    'guarded.show': 'Show the material',
    'unseen.title': 'The material is not shown to you',
    'unseen.text': 'Your role reads what was done, not what was said.',
    prints: 'Fingerprints',
    'prints.text': 'Compare fingerprints first; often that is enough. The material itself need not be opened to decide.',
    'prints.none': 'No files; text only.',
    shown: 'The material is shown; press to close it',
    erased: 'Text and files were erased with their author’s key.',
    older: { one: '{count} earlier version', other: '{count} earlier versions' },
    version: 'Version',
    seen: 'Sealed',
    dated: 'Written, as the platform says',
    attested: 'Attested by',
    'attested.platform': 'the platform',
    'attested.reporter': 'the reporter',
    'attested.franked': 'the platform’s mark on an encrypted message',
    incomplete: 'This copy is not whole: not every file is kept.',
    unseen: 'This profile was never handed in: only what its account is called is known.',
    author: 'Author',
    where: 'Where',
    'surface.public-feed': 'Public feed',
    'surface.private-message': 'Private message',
    'surface.group': 'Group',
    'surface.channel': 'Channel',
    'surface.live': 'Live',
    'surface.ad': 'Advertisements',
    'surface.search': 'Search',
    'surface.recommender': 'Recommendations',
    kind: 'Kind',
    'kind.post': 'Post',
    'kind.comment': 'Comment',
    'kind.message': 'Message',
    'kind.profile': 'Profile',
    'kind.group': 'Group',
    'kind.channel': 'Channel',
    'kind.live': 'Live session',
    'kind.ad': 'Advertisement',
    'kind.suggestion': 'Search suggestion',
    'kind.recommendation': 'Recommendation',
    advertiser: 'Advertiser',
    landing: 'Leads to',
    segment: 'Part of the session',
    segments: 'All its parts then',
    shows: 'Platform now',
    parent: 'In reply to',
    url: 'Address',
  },
});

/** What was said, as it was sealed. Guarded material stands behind a form, and once shown can be folded away. */
export function material(visit: Visit, read: CaseRead, revealAt: string): Html {
  const say = words(visit.language);
  if (!read.mayLook) return html`<div class="guard"><h3>${say('unseen.title')}</h3><p>${say('unseen.text')}</p></div>`;
  if (read.material === null)
    return html`${fingerprints(visit, read)}<div class="guard"><h3>${say('guarded.title')}</h3><p>${say('guarded.text')}</p><form method="post" action="${revealAt}">${proof(visit)}${button({ text: say('guarded.show') })}</form></div>`;
  const [newest, ...older] = read.material;
  const shown = html`${newest ? version(visit, read, newest, revealAt) : null}${
    older.length === 0
      ? null
      : html`<details><summary>${say('older', { count: older.length })}</summary>${older.map((one) => version(visit, read, one, revealAt))}</details>`
  }`;
  return read.guarded ? html`<details class="guard" open><summary>${say('shown')}</summary>${shown}</details>` : shown;
}

/** Of child abuse material, what it is known by comes first: hashes to compare, nothing to look at. */
function fingerprints({ language }: Visit, { fingerprints: prints }: CaseRead): Part {
  if (prints === null) return null;
  const say = words(language);
  const files = prints.flatMap(({ media }) => media);
  const hash = (name: string, value: string | null) =>
    value === null ? null : html`<span class="below">${name} <code class="breaks">${value}</code></span>`;
  return html`<section class="prints"><h3>${say('prints')}</h3><p class="quiet">${say('prints.text')}</p>${
    files.length === 0
      ? html`<p>${say('prints.none')}</p>`
      : html`<ul class="plain">${files.map(({ type, sha256, sha1, md5 }) => html`<li>${type ?? '?'}${hash('SHA-256', sha256)}${hash('SHA-1', sha1)}${hash('MD5', md5)}</li>`)}</ul>`
  }</section>`;
}

function version(visit: Visit, read: CaseRead, one: Material, revealAt: string): Html {
  const { language } = visit;
  const say = words(language);
  return html`<div class="version">${one.text === null ? (one.fields.length > 0 ? null : html`<p class="quiet">${say('erased')}</p>`) : said(one.text, read.of.language)}${fieldsOf(one.fields, language)}${files(visit, read, one, revealAt)}${
    one.complete ? null : html`<p class="quiet">${say(one.platformRevision === unseenRevision ? 'unseen' : 'incomplete')}</p>`
  }${definitionList([
    one.datedAt === null ? null : [say('dated'), dateTime(one.datedAt, language)],
    [say('seen'), html`${dateTime(one.seenAt, language)}`],
    [
      say('version'),
      html`${one.platformRevision} <span class="quiet">(${say('attested').toLowerCase()} ${say(`attested.${one.attested as 'platform'}`)})</span>`,
    ],
    one.ad === null ? null : [say('advertiser'), one.ad.advertiser],
    one.parent === null ? null : [say('parent'), html`<code>${one.parent}</code>${parentLink(visit, read, one.parent, revealAt)}`],
    // No link either: whoever opens it is seen there, and it may have become something else.
    one.url === null ? null : [say('url'), html`<code>${one.url}</code>`],
    // Never a link: what it leads to is what was reported.
    one.ad === null ? null : [say('landing'), html`<code>${one.ad.landing_url}</code>`],
    one.segment === null
      ? null
      : [
          say('segment'),
          html`${one.segment.number}, ${dateTime(new Date(one.segment.from), language)}${one.segment.until === null ? null : html`–${dateTime(new Date(one.segment.until), language)}`}`,
        ],
    one.segments.length === 0
      ? null
      : [
          say('segments'),
          html`<ul class="plain">${one.segments.map(({ number, from, sha256 }) => html`<li>${number}, ${dateTime(new Date(from), language)}${sha256 ? html` <code>${sha256.slice(0, 12)}…</code>` : null}</li>`)}</ul>`,
        ],
  ])}</div>`;
}

/** To the case on what it replies to. Somebody from outside has no page but their own. */
function parentLink(visit: Visit, { parents }: CaseRead, parent: string, revealAt: string): Part {
  const found = parents.get(parent);
  return found === undefined || revealAt.startsWith('/desk/second/') ? null : html` ${caseLink(visit, found)}`;
}

/** Who said it, where, and what the platform shows of it now. */
export function whereabouts({ language }: Visit, read: CaseRead): Part {
  const say = words(language);
  const common = shared(language);
  return definitionList([
    [
      say('author'),
      read.author && read.item?.author
        ? html`<a href="${`/desk/accounts/${read.item.author}`}">${read.author}</a>`
        : html`<span class="quiet">${common('no-name')}</span>`,
    ],
    [
      say('where'),
      html`${read.surface ? say(`surface.${read.surface.type}`) : read.of.surface} <span class="quiet">(${read.serviceName})</span>`,
    ],
    read.item
      ? [
          say('kind'),
          html`${say(`kind.${read.item.kind as 'post'}`)}${read.item.called === read.item.kind ? null : html` <span class="quiet">(<code>${read.item.called}</code>)</span>`}`,
        ]
      : null,
    [say('shows'), html`<strong>${common(`shown.${read.gone ? 'gone' : read.desired}`)}</strong>`],
  ]);
}
