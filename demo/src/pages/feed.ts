import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../counter.ts';
import type { Part } from '../html.ts';
import { html } from '../html.ts';
import { mayWrite } from '../measures/standing.ts';
import { isGated, mayAnswer, mayEdit, mayRead } from '../measures/state.ts';
import { attachmentNames } from '../places/attachments.ts';
import type { Post } from '../posts.ts';
import { feed, find, newest, recommended, thread } from '../posts.ts';
import { card } from './card.ts';
import type { Fault } from './frame.ts';
import { field, show, summary } from './frame.ts';
import type { House, Visit } from './visit.ts';
import { formOf, mistake, onward, personOf, visitOf } from './visit.ts';

/** The feed, one post with its comments, and writing, editing and deleting. */
export function feedPages(app: FastifyInstance, house: House): void {
  const { database, counter } = house;

  async function feedBody(visit: Visit, before: Date, text: string, faults: Fault[]) {
    const reader = visit.account?.id ?? null;
    const [posts, strip, [ad]] = await Promise.all([
      feed(database, reader, before),
      recommended(database, reader),
      newest(database, reader, 'ad'),
    ]);
    const { feed: words, places } = visit.words;
    const oldest = posts.reduce<Date | null>((least, post) => (least === null || post.created_at < least ? post.created_at : least), null);
    const older = posts.length === 30 ? oldest : null;
    return html`<h1>${words.title}</h1>${summary(visit, faults)}
      ${
        visit.account !== null &&
        mayWrite(visit.account.standing) &&
        html`<form class="write" method="post" action="/posts">${field(
          { id: 'text', label: words.label, hint: words.hint, faults },
          (attributes) => html`<textarea ${attributes} rows="3" maxlength="5000" required>${text}</textarea>`,
        )}${field(
          { id: 'attachment', label: places.attach, hint: places.attachHint },
          (attributes) =>
            html`<select ${attributes}><option value="">${places.nothing}</option>${attachmentNames.map((name) => html`<option value="${name}">${places.attachments[name]}</option>`)}</select>`,
        )}<button>${words.publish}</button></form>`
      }
      ${
        strip.length > 0 &&
        html`<section class="strip" aria-labelledby="strip"><h2 id="strip">${places.recommended}</h2><ul>${strip.map(
          (post) => html`<li><a href="/posts/${post.id}">${shortened(post.text)}</a></li>`,
        )}</ul></section>`
      }
      ${ad !== undefined && card(visit, ad, 2)}
      ${posts.length === 0 ? html`<p class="empty">${words.empty}</p>` : posts.map((post) => card(visit, post, 2))}
      ${older !== null && html`<p><a href="/?before=${encodeURIComponent(older.toISOString())}">${words.older}</a></p>`}`;
  }

  async function postBody(visit: Visit, id: string, text: string, faults: Fault[]) {
    const post = await find(database, id);
    if (post === null || post.kind === 'message' || !mayRead(post, visit.account)) return null;
    const comments = post.kind === 'post' ? await thread(database, visit.account?.id ?? null, post.id) : [];
    const { post: words } = visit.words;
    const answers = html`<section aria-labelledby="comments"><h2 id="comments">${words.comments}</h2>
      ${comments.length === 0 ? html`<p class="empty">${words.noComments}</p>` : comments.map((each) => card(visit, each, 3))}
      ${
        !mayAnswer(post, visit.account)
          ? html`<p class="empty">${words.closed}</p>`
          : visit.account === null
            ? html`<p><a href="/enter">${words.enterToComment}</a></p>`
            : html`<form class="write" method="post" action="/posts/${post.id}/comments">${field(
                { id: 'text', label: words.comment, faults },
                (attributes) => html`<textarea ${attributes} rows="2" maxlength="5000" required>${text}</textarea>`,
              )}<button>${words.send}</button></form>`
      }</section>`;
    return html`<h1>${words.title(post.author_name)}</h1>${summary(visit, faults)}${card(visit, post, 2)}${post.kind === 'post' && answers}${post.kind === 'live' && speak(visit, post)}`;
  }

  app.get<{ Querystring: { before?: string } }>('/', async (request, reply) => {
    const before = new Date(request.query.before ?? Number.NaN);
    const visit = await visitOf(house, request);
    const until = Number.isNaN(before.getTime()) ? new Date(Date.now() + 60_000) : before;
    return show(reply, visit, visit.words.feed.title, await feedBody(visit, until, '', []));
  });

  app.post('/posts', async (request, reply) => {
    const visit = await personOf(house, request);
    const text = formOf(request)['text'] ?? '';
    try {
      return onward(reply, `/posts/${await counter.write(visit.account, text, attached(request))}`);
    } catch (error) {
      const faults = [{ field: 'text', text: visit.words.errors[mistake(error)] }];
      return show(
        reply,
        { ...visit, path: '/' },
        visit.words.feed.title,
        await feedBody(visit, new Date(Date.now() + 60_000), text, faults),
        400,
      );
    }
  });

  app.get<{ Params: { id: string } }>('/posts/:id', async (request, reply) => {
    const visit = await visitOf(house, request);
    const body = await postBody(visit, request.params.id, '', []);
    const { state, errors } = visit.words;
    const post = await find(database, request.params.id);
    const gated = post !== null && isGated(post, visit.account);
    if (body !== null) return show(reply, visit, visit.words.feed.title, body);
    return show(
      reply,
      visit,
      errors['not-found'],
      html`<h1>${errors['not-found']}</h1><p>${gated ? state.adults : state.gone}</p><p><a href="/">${errors.back}</a></p>`,
      404,
    );
  });

  app.post<{ Params: { id: string } }>('/posts/:id/comments', async (request, reply) => {
    const visit = await personOf(house, request);
    const text = formOf(request)['text'] ?? '';
    try {
      await counter.write(visit.account, text, { parent: request.params.id });
      return onward(reply, `/posts/${request.params.id}#comments`);
    } catch (error) {
      const fault = mistake(error);
      const body = await postBody(visit, request.params.id, text, [{ field: 'text', text: visit.words.errors[fault] }]);
      if (body === null) throw new Refusal(404, 'not-found');
      return show(reply, { ...visit, path: `/posts/${request.params.id}` }, visit.words.feed.title, body, 400);
    }
  });

  app.get<{ Params: { id: string } }>('/posts/:id/edit', async (request, reply) => {
    const visit = await personOf(house, request);
    const post = await find(database, request.params.id);
    if (post === null || !mayEdit(post, visit.account)) throw new Refusal(403, 'not-yours');
    return show(reply, visit, visit.words.edit.title, editBody(visit, post.id, post.text, []));
  });

  app.post<{ Params: { id: string } }>('/posts/:id/edit', async (request, reply) => {
    const visit = await personOf(house, request);
    const text = formOf(request)['text'] ?? '';
    try {
      await counter.edit(visit.account, request.params.id, text);
      return onward(reply, `/posts/${request.params.id}`);
    } catch (error) {
      const faults = [{ field: 'text', text: visit.words.errors[mistake(error)] }];
      return show(reply, visit, visit.words.edit.title, editBody(visit, request.params.id, text, faults), 400);
    }
  });

  app.get<{ Params: { id: string } }>('/posts/:id/delete', async (request, reply) => {
    const visit = await personOf(house, request);
    const post = await find(database, request.params.id);
    if (post === null || post.deleted_at !== null || post.author !== visit.account.id) throw new Refusal(403, 'not-yours');
    const { erase: words } = visit.words;
    return show(
      reply,
      visit,
      words.title,
      html`<h1>${words.title}</h1>${card(visit, post, 2)}<p>${words.text}</p>
        <form method="post" action="/posts/${post.id}/delete"><button>${words.yes}</button> <a href="/posts/${post.id}">${words.no}</a></form>`,
    );
  });

  app.post<{ Params: { id: string } }>('/posts/:id/delete', async (request, reply) => {
    const visit = await personOf(house, request);
    await counter.erase(visit.account, request.params.id);
    return onward(reply, '/');
  });
}

/** A line of a post, to be recognised by. */
function shortened(text: string): string {
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}

/** What hangs on a post, as the form chose it. */
function attached(request: FastifyRequest): { attachment?: string } {
  const name = formOf(request)['attachment'] ?? '';
  return name === '' ? {} : { attachment: name };
}

/** The host's own controls of a live session that runs. */
function speak(visit: Visit, post: Post): Part {
  const { places } = visit.words;
  if (!mayEdit(post, visit.account)) return null;
  return html`<form class="write" method="post" action="/live/${post.id}/segments">${field(
    { id: 'text', label: places.say, hint: places.sayHint },
    (attributes) => html`<textarea ${attributes} rows="2" maxlength="5000" required></textarea>`,
  )}<button>${places.send}</button></form>
    <form method="post" action="/live/${post.id}/finish"><button class="plain">${places.finish}</button></form>`;
}

function editBody(visit: Visit, id: string, text: string, faults: Fault[]) {
  const { edit: words } = visit.words;
  return html`<h1>${words.title}</h1>${summary(visit, faults)}
    <form method="post" action="/posts/${id}/edit">${field(
      { id: 'text', label: words.label, hint: words.hint, faults },
      (attributes) => html`<textarea ${attributes} rows="6" maxlength="5000" required>${text}</textarea>`,
    )}<button>${words.save}</button> <a href="/posts/${id}">${words.cancel}</a></form>`;
}
