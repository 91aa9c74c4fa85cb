import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Account } from '../accounts.ts';
import { byHandle, everybody, handlePattern, join, speak } from '../accounts.ts';
import { Refusal } from '../counter.ts';
import { html, paragraphs } from '../html.ts';
import { noticesOf } from '../inbox.ts';
import { mayEnter } from '../measures/standing.ts';
import { conversation, correspondents, writtenBy } from '../posts.ts';
import { locales, names, words } from '../words/words.ts';
import { card, time } from './card.ts';
import type { Fault } from './frame.ts';
import { field, show, summary } from './frame.ts';
import type { Form, House, Visit } from './visit.ts';
import { cookieOptions, cookies, formOf, languageIn, localPath, mistake, onward, personOf, visitOf } from './visit.ts';

/** People and their profiles, private messages, coming in and going out. */
export function peoplePages(app: FastifyInstance, house: House): void {
  const { database, counter } = house;

  app.get('/people', async (request, reply) => {
    const visit = await visitOf(house, request);
    const rows = (await everybody(database)).map(
      (each) => html`<li><a href="/people/${each.handle}">${each.name}</a> <span class="handle">@${each.handle}</span></li>`,
    );
    const { title } = visit.words.people;
    return show(reply, visit, title, html`<h1>${title}</h1><ul class="rows">${rows}</ul>`);
  });

  app.get<{ Params: { handle: string } }>('/people/:handle', async (request, reply) => {
    const visit = await visitOf(house, request);
    const person = await byHandle(database, request.params.handle);
    if (person === null) throw new Refusal(404, 'unknown-person');
    const posts = await writtenBy(database, visit.account?.id ?? null, person.id);
    const { people: words, messages } = visit.words;
    const body = html`<h1>${person.name} <span class="handle">@${person.handle}</span></h1>
      ${visit.account !== null && visit.account.id !== person.id && html`<p><a class="go" href="/messages/${person.handle}">${messages.write}</a></p>`}
      <section aria-labelledby="wrote"><h2 id="wrote">${words.wrote(person.name)}</h2>
      ${posts.length === 0 ? html`<p class="empty">${words.empty}</p>` : posts.map((post) => card(visit, post, 3))}</section>`;
    return show(reply, visit, person.name, body);
  });

  app.get('/messages', async (request, reply) => {
    const visit = await personOf(house, request);
    const { messages: words } = visit.words;
    const rows = (await correspondents(database, visit.account.id)).map(
      (each) => html`<li><a href="/messages/${each.handle}">${each.name}</a> <span class="meta">${time(visit, each.latest)}</span></li>`,
    );
    return show(
      reply,
      visit,
      words.title,
      html`<h1>${words.title}</h1><p>${words.privacy}</p>${
        rows.length === 0
          ? html`<p class="empty">${words.empty} <a href="/people">${visit.words.menu.people}</a></p>`
          : html`<ul class="rows">${rows}</ul>`
      }`,
    );
  });

  async function talk(visit: Visit & { account: { id: string } }, handle: string, text: string, faults: Fault[]) {
    const other = await byHandle(database, handle);
    if (other === null) throw new Refusal(404, 'unknown-person');
    const said = await conversation(database, visit.account.id, other.id);
    const { messages: words } = visit.words;
    return html`<h1>${words.with(other.name)}</h1>${summary(visit, faults)}<p>${words.privacy}</p>
      ${said.length === 0 ? html`<p class="empty">${words.none}</p>` : said.map((each) => card(visit, each, 2))}
      <form class="write" method="post" action="/messages/${other.handle}">${field(
        { id: 'text', label: words.label, faults },
        (attributes) => html`<textarea ${attributes} rows="2" maxlength="5000" required>${text}</textarea>`,
      )}<button>${words.send}</button></form>`;
  }

  app.get<{ Params: { handle: string } }>('/messages/:handle', async (request, reply) => {
    const visit = await personOf(house, request);
    return show(reply, visit, visit.words.messages.title, await talk(visit, request.params.handle, '', []));
  });

  app.post<{ Params: { handle: string } }>('/messages/:handle', async (request, reply) => {
    const visit = await personOf(house, request);
    const text = formOf(request)['text'] ?? '';
    try {
      await counter.write(visit.account, text, { to: request.params.handle });
      return onward(reply, `/messages/${request.params.handle}`);
    } catch (error) {
      const faults = [{ field: 'text', text: visit.words.errors[mistake(error)] }];
      return show(reply, visit, visit.words.messages.title, await talk(visit, request.params.handle, text, faults), 400);
    }
  });

  async function enterBody(visit: Visit, form: Form, faults: Fault[]) {
    const { enter: words } = visit.words;
    const people = await everybody(database);
    const chosen = languageIn(form['language'], visit.language);
    return html`<h1>${words.title}</h1>${summary(visit, faults)}<p>${words.intro}</p>
      ${
        people.length > 0 &&
        html`<form method="post" action="/enter">${field(
          { id: 'account', label: words.choose },
          (attributes) =>
            html`<select ${attributes}>${people.map((each) => html`<option value="${each.handle}">${each.name} (@${each.handle})</option>`)}</select>`,
        )}<button>${words.enter}</button></form>`
      }
      <section aria-labelledby="join"><h2 id="join">${words.join}</h2><form method="post" action="/join">
      ${field({ id: 'name', label: words.name, faults }, (attributes) => html`<input ${attributes} value="${form['name']}" required maxlength="80" autocomplete="name">`)}
      ${field(
        { id: 'handle', label: words.handle, hint: words.handleHint, faults },
        (attributes) =>
          html`<input ${attributes} value="${form['handle']}" required maxlength="30" autocomplete="username" autocapitalize="none">`,
      )}
      ${field(
        { id: 'language', label: words.language },
        (attributes) =>
          html`<select ${attributes}>${names.map(
            ({ language, name }) =>
              html`<option value="${language}" lang="${locales[language]}"${language === chosen && html` selected`}>${name}</option>`,
          )}</select>`,
      )}${(['minor', 'abroad'] as const).map(
        (each) =>
          html`<div class="choice"><input type="checkbox" id="${each}" name="${each}" value="yes"${form[each] === 'yes' && html` checked`}><label for="${each}">${words[each]}</label></div>`,
      )}<button>${words.create}</button></form></section>`;
  }

  app.get('/enter', async (request, reply) => {
    const visit = await visitOf(house, request);
    return show(reply, visit, visit.words.enter.title, await enterBody(visit, {}, []));
  });

  app.post('/enter', async (request, reply) => {
    const account = await byHandle(database, formOf(request)['account'] ?? '');
    if (account === null) throw new Refusal(404, 'unknown-person');
    if (!mayEnter(account.standing)) return closedDoor(reply, await visitOf(house, request), account);
    return onward(reply.setCookie(cookies.account, account.handle, cookieOptions), '/');
  });

  /** Whose account is closed is told why, and what they can do, without coming in. */
  async function closedDoor(reply: FastifyReply, visit: Visit, account: Account): Promise<FastifyReply> {
    const say = words[account.language];
    const notices = (await noticesOf(database, account.id)).filter((notice) => notice.role === 'author').slice(0, 3);
    const { standings, inbox } = say;
    const rows = notices.map(
      (notice) => html`<li lang="${locales[notice.language]}"><strong>${notice.title}</strong>${paragraphs(notice.body)}
        ${notice.statement_url !== null && html`<p><a href="${notice.statement_url}">${inbox.statement}</a></p>`}
        ${notice.inquiry_url !== null && html`<p><a href="${notice.inquiry_url}">${inbox.inquire}</a></p>`}
        ${notice.appeal_url !== null && html`<p><a href="${notice.appeal_url}">${inbox.appeal}</a></p>`}</li>`,
    );
    const title = account.standing === 'active' ? '' : standings[account.standing];
    return show(
      reply,
      { ...visit, account: null, language: account.language, words: say },
      title,
      html`<h1>${title}</h1><ul class="rows">${rows}</ul>`,
      403,
    );
  }

  app.post('/join', async (request, reply) => {
    const visit = await visitOf(house, request);
    const form = formOf(request);
    const handle = (form['handle'] ?? '').trim();
    const name = (form['name'] ?? '').trim().slice(0, 80);
    const { errors, enter } = visit.words;
    const faults: Fault[] = [];
    if (name === '') faults.push({ field: 'name', text: errors.empty });
    if (!handlePattern.test(handle)) faults.push({ field: 'handle', text: errors['handle-form'] });
    const draft = {
      handle,
      name,
      language: languageIn(form['language'], visit.language),
      minor: form['minor'] === 'yes',
      abroad: form['abroad'] === 'yes',
    };
    const account = faults.length > 0 ? null : await join(database, draft);
    if (account !== null) return onward(reply.setCookie(cookies.account, account.handle, cookieOptions), '/');
    if (faults.length === 0) faults.push({ field: 'handle', text: errors['handle-taken'] });
    return show(reply, visit, enter.title, await enterBody(visit, form, faults), 400);
  });

  app.post('/leave', async (_request, reply) => onward(reply.clearCookie(cookies.account, { path: '/' }), '/'));

  app.post('/language', async (request, reply) => {
    const visit = await visitOf(house, request);
    const language = languageIn(formOf(request)['language'], visit.language);
    if (visit.account !== null) await speak(database, visit.account.id, language);
    reply.setCookie(cookies.language, language, cookieOptions);
    return onward(reply, localPath(formOf(request)['back']).replace(/([?&])lang=\w*/, '$1'));
  });
}
