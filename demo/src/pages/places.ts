import type { FastifyInstance } from 'fastify';
import { Refusal } from '../counter.ts';
import { html } from '../html.ts';
import { mayWrite } from '../measures/standing.ts';
import { mayRead } from '../measures/state.ts';
import { attachment } from '../places/attachments.ts';
import { isMember, membersOf } from '../places/groups.ts';
import { find, found, newest, suggested } from '../posts.ts';
import { locales } from '../words/words.ts';
import { card } from './card.ts';
import type { Fault } from './frame.ts';
import { field, show, summary } from './frame.ts';
import type { Form, House, Visit } from './visit.ts';
import { formOf, mistake, onward, personOf, visitOf } from './visit.ts';

type Kind = 'group' | 'live' | 'ad';
const paths: Record<Kind, string> = { group: '/groups', live: '/live', ad: '/ads' };

/** Groups, live sessions, advertisements and search. */
export function placePages(app: FastifyInstance, house: House): void {
  const { database, counter } = house;

  app.get<{ Params: { name: string } }>('/attachments/:name', async (request, reply) => {
    const file = attachment(request.params.name);
    if (file === null) throw new Refusal(404, 'not-found');
    return reply.type(file.type).send(file.bytes);
  });

  app.get<{ Params: { name: string; until: string; mark: string } }>('/lent/:name/:until/:mark', async (request, reply) => {
    const { name, until, mark } = request.params;
    const file = house.lending.lent(name, until, mark) ? attachment(name) : null;
    if (file === null) throw new Refusal(404, 'not-found');
    return reply.type(file.type).send(file.bytes);
  });

  async function listBody(visit: Visit, kind: Kind, form: Form, faults: Fault[]) {
    const all = await newest(database, visit.account?.id ?? null, kind);
    const { places } = visit.words;
    const words = places[`${kind}s`];
    return html`<h1>${words.title}</h1>${summary(visit, faults)}<p>${words.intro}</p>
      ${
        visit.account !== null &&
        mayWrite(visit.account.standing) &&
        html`<form class="write" method="post" action="${paths[kind]}">${field(
          { id: 'text', label: words.label, faults },
          (attributes) => html`<textarea ${attributes} rows="2" maxlength="5000" required>${form['text']}</textarea>`,
        )}${
          kind === 'ad' &&
          field(
            { id: 'link', label: places.link, hint: places.linkHint, faults },
            (attributes) => html`<input ${attributes} value="${form['link']}" required inputmode="url" autocomplete="off">`,
          )
        }<button>${words.make}</button></form>`
      }
      ${all.length === 0 ? html`<p class="empty">${words.empty}</p>` : all.map((each) => card(visit, each, 2))}`;
  }

  for (const kind of ['group', 'live', 'ad'] as const) {
    app.get(paths[kind], async (request, reply) => {
      const visit = await visitOf(house, request);
      return show(reply, visit, visit.words.places[`${kind}s`].title, await listBody(visit, kind, {}, []));
    });
    app.post(paths[kind], async (request, reply) => {
      const visit = await personOf(house, request);
      const form = formOf(request);
      const link = kind === 'ad' ? { link: (form['link'] ?? '').trim() } : {};
      try {
        const id = await counter.write(visit.account, form['text'] ?? '', { as: kind, ...link });
        return onward(reply, kind === 'group' ? `/groups/${id}` : `/posts/${id}`);
      } catch (error) {
        const fault = mistake(error);
        const faults = [{ field: fault === 'link' ? 'link' : 'text', text: visit.words.errors[fault] }];
        return show(reply, visit, visit.words.places[`${kind}s`].title, await listBody(visit, kind, form, faults), 400);
      }
    });
  }

  app.post<{ Params: { id: string } }>('/live/:id/segments', async (request, reply) => {
    const visit = await personOf(house, request);
    await counter.say(visit.account, request.params.id, formOf(request)['text'] ?? '');
    return onward(reply, `/posts/${request.params.id}`);
  });
  app.post<{ Params: { id: string } }>('/live/:id/finish', async (request, reply) => {
    const visit = await personOf(house, request);
    await counter.finish(visit.account, request.params.id);
    return onward(reply, `/posts/${request.params.id}`);
  });

  async function groupBody(visit: Visit, id: string, text: string, faults: Fault[]) {
    const group = await find(database, id);
    if (group === null || group.kind !== 'group' || !mayRead(group, visit.account)) throw new Refusal(404, 'not-found');
    const { places } = visit.words;
    const inside = visit.account !== null && (await isMember(database, id, visit.account.id));
    const posts = inside ? await newest(database, visit.account?.id ?? null, 'post', id) : [];
    return html`<h1 lang="${locales[group.author_language]}">${group.text.split('\n')[0]?.slice(0, 80)}</h1>${summary(visit, faults)}
      ${card(visit, group, 2)}<p>${places.members(await membersOf(database, id))} ${!inside && places.outside}</p>
      ${
        visit.account === null
          ? html`<p><a class="go" href="/enter">${visit.words.menu.enter}</a></p>`
          : html`<form method="post" action="/groups/${id}/${inside ? 'leave' : 'enter'}"><button>${inside ? places.leaveGroup : places.enterGroup}</button></form>`
      }
      ${
        inside &&
        html`<form class="write" method="post" action="/groups/${id}">${field(
          { id: 'text', label: visit.words.feed.label, hint: places.insideHint, faults },
          (attributes) => html`<textarea ${attributes} rows="3" maxlength="5000" required>${text}</textarea>`,
        )}<button>${visit.words.feed.publish}</button></form>${posts.length === 0 ? html`<p class="empty">${visit.words.feed.empty}</p>` : posts.map((post) => card(visit, post, 2))}`
      }`;
  }

  app.get<{ Params: { id: string } }>('/groups/:id', async (request, reply) => {
    const visit = await visitOf(house, request);
    return show(reply, visit, visit.words.places.group, await groupBody(visit, request.params.id, '', []));
  });
  app.post<{ Params: { id: string } }>('/groups/:id', async (request, reply) => {
    const visit = await personOf(house, request);
    const text = formOf(request)['text'] ?? '';
    try {
      await counter.write(visit.account, text, { group: request.params.id });
      return onward(reply, `/groups/${request.params.id}`);
    } catch (error) {
      const faults = [{ field: 'text', text: visit.words.errors[mistake(error)] }];
      return show(reply, visit, visit.words.places.group, await groupBody(visit, request.params.id, text, faults), 400);
    }
  });
  app.post<{ Params: { id: string } }>('/groups/:id/enter', async (request, reply) => {
    await counter.enterGroup((await personOf(house, request)).account, request.params.id);
    return onward(reply, `/groups/${request.params.id}`);
  });
  app.post<{ Params: { id: string } }>('/groups/:id/leave', async (request, reply) => {
    await counter.leaveGroup((await personOf(house, request)).account, request.params.id);
    return onward(reply, `/groups/${request.params.id}`);
  });

  app.get<{ Querystring: { q?: string } }>('/search', async (request, reply) => {
    const visit = await visitOf(house, request);
    const words = String(request.query.q ?? '').trim();
    if (words !== '' && visit.account !== null) await counter.searched(visit.account, words);
    const reader = visit.account?.id ?? null;
    const [posts, suggestions] = await Promise.all([words === '' ? [] : found(database, reader, words), suggested(database, reader)]);
    const { search } = visit.words.places;
    const report = visit.words.post.report;
    const line = (each: (typeof suggestions)[number]) => html`<li><a href="/search?q=${encodeURIComponent(each.text)}">${each.text}</a>
      ${each.author !== reader && html` · <a href="/posts/${each.id}/report" aria-label="${`${report}: ${each.text}`}">${report}</a>`}</li>`;
    return show(
      reply,
      visit,
      search.title,
      html`<h1>${search.title}</h1>
        <form role="search" action="/search">${field(
          { id: 'q', label: search.label },
          (attributes) => html`<input ${attributes} type="search" value="${words}" maxlength="200">`,
        )}<button>${search.go}</button></form>
        ${words !== '' && html`<section aria-labelledby="found"><h2 id="found">${search.found(posts.length)}</h2>${posts.map((post) => card(visit, post, 3))}</section>`}
        ${suggestions.length > 0 && html`<section aria-labelledby="others"><h2 id="others">${search.others}</h2><ul class="rows">${suggestions.map(line)}</ul></section>`}`,
    );
  });
}
