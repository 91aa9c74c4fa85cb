import type { Html, Part } from '../html.ts';
import { html, paragraphs } from '../html.ts';
import { mayEdit, mayReport, stateOf } from '../measures/state.ts';
import { attachment } from '../places/attachments.ts';
import type { Post } from '../posts.ts';
import { locales, moment } from '../words/words.ts';
import type { Visit } from './visit.ts';

/** A moment, for people and for machines. */
export function time(visit: Visit, at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${moment(visit.language, at)}</time>`;
}

/** What happened to somebody's own post, told honestly, with the way to the reasons; what others see is only a label. */
function fate(visit: Visit, post: Post): Part {
  const { state: words, labels } = visit.words;
  const state = stateOf(post);
  const mine = visit.account?.id === post.author;
  const why = post.statement ?? null;
  const reasons = why === null ? html`<a href="/inbox">${words.notices}</a>` : html`<a href="${why}">${words.why}</a>`;
  if (state === 'labelled') {
    const label = labels[post.label ?? 'label'] ?? labels['label'] ?? '';
    return html`<p class="fate labelled"><span aria-hidden="true">●</span> ${words.labelled(label)} ${mine && reasons}</p>`;
  }
  if (state === 'age-gated') return html`<p class="fate labelled"><span aria-hidden="true">●</span> ${words.adults} ${mine && reasons}</p>`;
  if (!mine || state === 'visible' || state === 'deleted') return null;
  if (state === 'pending') return html`<p class="fate pending"><span aria-hidden="true">○</span> ${words.pending}</p>`;
  if (state === 'hidden')
    return html`<p class="fate hidden"><span aria-hidden="true">▲</span> ${words.hidden} ${why !== null && reasons}</p>`;
  if (state === 'removed') return html`<p class="fate removed"><span aria-hidden="true">◆</span> ${words.removed} ${reasons}</p>`;
  return html`<p class="fate hidden"><span aria-hidden="true">▲</span> ${words.measures[state]} ${reasons}</p>`;
}

/** What the kind of thing adds to its card: where it stands, whether it runs, what hangs on it, where it leads. */
function about(visit: Visit, post: Post): Part {
  const { places } = visit.words;
  const file = post.attachment === null ? null : attachment(post.attachment);
  const name = places.attachments[post.attachment ?? ''] ?? '';
  return [
    post.kind === 'ad' && html`<p class="meta">${places.ad(post.author_name)}</p>`,
    post.kind === 'live' && html`<p class="meta"><strong>${post.ended_at === null ? places.running : places.ended}</strong></p>`,
    post.kind === 'group' && html`<p class="meta">${places.group}</p>`,
    file?.type.startsWith('image/')
      ? html`<p><img src="/attachments/${post.attachment}" alt="${name}" width="320" height="180"></p>`
      : file !== null && html`<p class="meta">${places.attached}: ${name}</p>`,
    post.link !== null && html`<p><a rel="nofollow" href="${post.link}">${post.link}</a></p>`,
  ];
}

/** One post, comment or message as its reader sees it, with what they may do. `heading`: its level in the page's outline. */
export function card(visit: Visit, post: Post, heading: 2 | 3): Html {
  const { post: words } = visit.words;
  const head = html`<a href="/people/${post.author_handle}">${post.author_name}</a> <span class="handle">@${post.author_handle}</span>`;
  const title = `${words.title(post.author_name)}`;
  return html`<article class="card ${post.kind}" aria-label="${title}">
    ${heading === 2 ? html`<h2>${head}</h2>` : html`<h3>${head}</h3>`}
    <p class="meta"><a href="/posts/${post.id}">${time(visit, post.created_at)}</a>${post.edited_at !== null && html` · ${words.edited}`}</p>
    ${fate(visit, post)}
    <div class="text" lang="${locales[post.author_language]}">${paragraphs(post.text)}</div>
    ${about(visit, post)}
    <ul class="acts">
      ${post.kind === 'post' && html`<li><a href="/posts/${post.id}">${words.open(post.comments)}</a></li>`}
      ${post.kind === 'group' && html`<li><a href="/groups/${post.id}">${visit.words.places.openGroup}</a></li>`}
      ${post.kind === 'live' && html`<li><a href="/posts/${post.id}">${visit.words.places.watch}</a></li>`}
      ${mayEdit(post, visit.account) && html`<li><a href="/posts/${post.id}/edit" aria-label="${`${words.edit}: ${title}`}">${words.edit}</a></li>`}
      ${visit.account?.id === post.author && html`<li><a href="/posts/${post.id}/delete" aria-label="${`${words.erase}: ${title}`}">${words.erase}</a></li>`}
      ${mayReport(post, visit.account) && html`<li><a href="/posts/${post.id}/report" aria-label="${`${words.report}: ${title}`}">${words.report}</a></li>`}
    </ul>
  </article>`;
}
