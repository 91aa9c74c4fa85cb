/**
 * Server-rendered HTML that escapes by itself.
 *
 * html`<p class="${name}">${text}</p>` escapes every value for the place it stands in. A template whose hole stands where escaping
 * can't help (inside a script, style, comment, tag name, unquoted or `on…` attribute) is refused when it is first rendered, so a test
 * that renders the page once finds it. A value in a URL attribute goes through `href()`.
 */

/** Markup that is known to be safe to send. Made by `html`, `attributes`, `raw` and `join` only. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a hole: null, undefined and false give nothing, an array its parts one after the other. */
export type Part = Html | string | number | bigint | null | undefined | false | readonly Part[];

type Place = 'text' | 'tag' | 'attribute' | 'url';

const places = new WeakMap<TemplateStringsArray, readonly Place[]>();
const urlAttributes = new Set(['href', 'src', 'action', 'formaction', 'cite', 'poster', 'data', 'srcset', 'ping', 'xlink:href']);
const attributeName = /^[a-zA-Z][a-zA-Z0-9:_-]*$/;
const codes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Text as it may stand between tags and in quoted attributes. Lone surrogates become U+FFFD, NUL too: no parser agrees on them. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replace(/[&<>"'`]/g, (character) => codes[character] ?? '');
}

/** Markup made elsewhere, trusted as it is: constants such as the mark, never anything that came in. */
export function raw(markup: string): Html {
  return new Html(markup);
}

/** The parts with a separator between those that say something. */
export function join(parts: readonly Part[], separator: Part = ''): Html {
  const shown = parts.map((part) => render(part)).filter((markup) => markup !== '');
  return new Html(shown.join(render(separator)));
}

/**
 * A URL that may stand in a link: a path of this site, a fragment, a query, or https, http, mailto, tel. Anything else (javascript:, data:,
 * another host written as `//host` or `/\host`) becomes `#`, so that a page still renders.
 */
export function href(url: string): string {
  // Browsers drop tabs, line ends and leading controls before they read the scheme, so we read it the same way.
  const seen = url.toWellFormed().replace(/[\u0000-\u0020\u007f]+/g, '');
  if (/^(https?:\/\/[^/\\]|mailto:|tel:)/i.test(seen)) return url;
  if (/^[/\\]{2}/.test(seen) || seen.startsWith('\\')) return '#';
  if (/^[/?#]/.test(seen) || /^\.{1,2}\//.test(seen)) return url;
  return '#';
}

/** Attributes of a tag: `<input ${attributes({ id, required: true, value: undefined })}>`; true gives the bare name, undefined, null and false nothing. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Html {
  const written = Object.entries(values).map(([name, value]) => {
    if (!attributeName.test(name) || /^on/i.test(name) || name.toLowerCase() === 'style')
      throw new TypeError(`not an attribute we write: ${name}`);
    if (value === undefined || value === null || value === false) return '';
    if (value === true) return name;
    const text = urlAttributes.has(name.toLowerCase()) ? href(String(value)) : String(value);
    return `${name}="${escapeHtml(text)}"`;
  });
  return new Html(written.filter((attribute) => attribute !== '').join(' '));
}

/** The tag. Throws a TypeError where a hole stands in a place that can't be made safe. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let known = places.get(strings);
  if (known === undefined) {
    known = readPlaces(strings);
    places.set(strings, known);
  }
  let markup = strings[0] ?? '';
  for (const [index, part] of parts.entries()) {
    markup += renderAt(known[index] ?? 'text', part) + (strings[index + 1] ?? '');
  }
  return new Html(markup);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number' || typeof part === 'bigint') return String(part);
  return part.map((each) => render(each)).join('');
}

function renderAt(place: Place, part: Part): string {
  if (place === 'text') return render(part);
  if (place === 'tag') {
    if (part instanceof Html || part === null || part === undefined || part === false) return render(part);
    throw new TypeError('inside a tag only attributes(…) may stand');
  }
  if (part instanceof Html || Array.isArray(part)) throw new TypeError('markup can not stand in an attribute');
  return place === 'url' ? escapeHtml(href(String(part ?? ''))) : render(part);
}

function readPlaces(strings: TemplateStringsArray): readonly Place[] {
  const found: Place[] = [];
  let state: 'text' | 'tag' | '"' | "'" = 'text';
  let written = '';
  let attribute = '';
  for (const chunk of strings.slice(0, -1)) {
    for (const character of chunk) {
      written += character;
      if (state === 'text') {
        if (character === '<') state = 'tag';
      } else if (state === 'tag') {
        if (character === '>') state = 'text';
        else if (character === '"' || character === "'") {
          state = character;
          attribute = /([^\s"'<>=]+)=["']$/.exec(written)?.[1]?.toLowerCase() ?? '';
        }
      } else if (character === state) state = 'tag';
    }
    found.push(placeOf(state, written, attribute));
  }
  return found;
}

function placeOf(state: string, written: string, attribute: string): Place {
  const refuse = (why: string): never => {
    throw new TypeError(`a value can not stand here (${why}): …${written.slice(-40)}`);
  };
  if (
    /<(script|style|textarea|title|xmp|iframe|noscript|plaintext)\b(?![\s\S]*<\/\1)/i.test(written) &&
    !/<(textarea|title)\b[^>]*>[^<]*$/i.test(written)
  ) {
    if (state === 'text') return refuse('raw text element');
  }
  if (/<!--(?![\s\S]*-->)/.test(written)) return refuse('comment');
  if (state === 'text') return 'text';
  if (state === 'tag') return /[\s]$/.test(written) ? 'tag' : refuse('tag or unquoted attribute');
  if (attribute.startsWith('on') || attribute === 'style' || attribute === 'srcdoc') return refuse(`attribute ${attribute}`);
  if (!urlAttributes.has(attribute)) return 'attribute';
  return /=["']$/.test(written) ? 'url' : refuse('part of a URL: build it whole, with encodeURIComponent');
}
