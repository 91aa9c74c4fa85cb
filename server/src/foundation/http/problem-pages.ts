import type { FastifyInstance } from 'fastify';
import { definitionList } from '../html/blocks.ts';
import { html } from '../html/html.ts';
import { publicPage } from '../html/page.ts';
import { table } from '../html/table.ts';
import type { ProblemCode } from './problems.ts';
import { Problem, problems } from './problems.ts';

const config = { page: true, open: true } as const;
const codes = Object.keys(problems) as ProblemCode[];

/** Where the `type` of every problem leads (RFC 9457, 3.1.1): what it means and what to do. For engineers, so in English like the API. */
export function problemPages(app: FastifyInstance): void {
  app.get('/problems', { config, schema: { hide: true } }, async (_request, reply) => {
    const body = table({
      caption: 'Every way in which the API refuses',
      columns: [
        { title: 'Code', cell: (code: ProblemCode) => html`<a href="${`/problems/${code}`}">${code}</a>` },
        { title: 'Status', number: true, cell: (code) => String(problems[code].status) },
        { title: 'What it means', cell: (code) => problems[code].title },
      ],
      rows: codes.toSorted((a, b) => problems[a].status - problems[b].status || a.localeCompare(b)),
    });
    return reply.type('text/html; charset=utf-8').send(page('/problems', 'Problems', body));
  });

  app.get('/problems/:code', { config, schema: { hide: true } }, async (request, reply) => {
    const asked = (request.params as { code: string }).code;
    const code = codes.find((one) => one === asked);
    if (code === undefined) throw new Problem('not-found');
    const { status, title, remedy } = problems[code];
    const body = html`<p class="lead">${title}.</p>${definitionList([
      ['Status', String(status)],
      ['What to do', remedy.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))],
    ])}<p><a href="/problems">All codes</a></p>`;
    return reply.type('text/html; charset=utf-8').send(page(`/problems/${code}`, code, body));
  });
}

function page(path: string, title: string, body: ReturnType<typeof html>): string {
  return publicPage({ language: 'en', languages: ['en'], title, path, body }).toString();
}
