/** Markup that may stand in a page as it is. Only `html` and `raw` make it, so that text from a person can't become markup by accident. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

/** What may stand in a `${…}`: nothing (null, undefined, false), text that is escaped, markup, or a list of these. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for element content and for quoted attribute values. */
function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeMarkup(String(part));
}

/** A template whose values are escaped: html`<p title="${title}">${text}</p>`. Attribute values must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((markup, string, at) => markup + render(parts[at - 1]) + string));
}

/** Plain text as paragraphs: a blank line parts them, a single one is a line break. */
export function paragraphs(text: string): Html {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim() !== '');
  return html`${blocks.map((block) => html`<p>${block.split('\n').map((line, at) => (at === 0 ? line : html`<br>${line}`))}</p>`)}`;
}
