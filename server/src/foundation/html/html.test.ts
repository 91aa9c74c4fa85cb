import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from './html.ts';
import { attributes, escapeHtml, Html, href, html, join, raw } from './html.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('<', '>', '"', "'", '`', '&', '</p>', '<script>', '-->', ' onx=', '\0', '\ud800', 'javascript:', '&lt;', 'x'))
    .map((pieces) => pieces.join('')),
);

describe('html', () => {
  test('no text gets out of its element or its attribute, and it reads back as it was', () => {
    fc.assert(
      fc.property(nasty, nasty, (name, text) => {
        const markup = html`<p title="${name}" class='${name}'>${text}</p>`.toString();
        const whole = /^<p title="([^"<>]*)" class='([^'<>]*)'>([^<>"'`]*)<\/p>$/.exec(markup);
        expect(whole).not.toBeNull();
        const read = (value = '') =>
          value.replaceAll(
            /&(lt|gt|quot|#39|#96|amp);/g,
            (code) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#96;': '`' })[code] ?? '&',
          );
        const clean = (value: string) => value.toWellFormed().replaceAll('\0', '\uFFFD');
        expect([read(whole?.[1]), read(whole?.[2]), read(whole?.[3])]).toEqual([clean(name), clean(name), clean(text)]);
      }),
      { numRuns: 2000 },
    );
  });

  test('no URL in a link leads to a script or, unless it says http, to another host', () => {
    const schemes = fc.constantFrom(
      'javascript:',
      'JaVa\tScript:',
      '\u0001javascript:',
      'data:',
      'vbscript:',
      '//',
      '/\\',
      '\\\\',
      '/\t/',
      ' //',
      'https:',
      'https:///',
      '',
    );
    fc.assert(
      fc.property(schemes, nasty, (scheme, rest) => {
        const link = /^<a href="([^"<>]*)">$/.exec(html`<a href="${scheme + rest}">`.toString())?.[1] ?? 'missing';
        const url = link
          .replaceAll('&amp;', '&')
          .replaceAll('&#39;', "'")
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#96;', '`');
        if (!URL.canParse(url, 'https://perisai.example/a/b')) return;
        const at = new URL(url, 'https://perisai.example/a/b');
        expect(['https:', 'http:', 'mailto:', 'tel:']).toContain(at.protocol);
        if (!/^\s*https?:/i.test(url.replace(/[\u0000-\u0020\u007f]+/g, '')) && /^https?:/.test(at.protocol))
          expect(at.host).toBe('perisai.example');
      }),
      { numRuns: 3000 },
    );
  });

  test('what is nothing shows nothing, lists are joined, markup stays markup', () => {
    const parts: Part[] = [null, undefined, false, 0, 7n, ['a', html`<b>b</b>`, [raw('<i>c</i>')]]];
    expect(html`<p>${parts}</p>`.toString()).toBe('<p>07a<b>b</b><i>c</i></p>');
    expect(join(['a', null, html`<b>b</b>`], ' · ').toString()).toBe('a · <b>b</b>');
    expect(`${new Html('<hr>')}`).toBe('<hr>');
    expect(escapeHtml('a&b')).toBe('a&amp;b');
  });

  test('attributes are written with their values guarded, and handlers are refused', () => {
    expect(
      html`<input ${attributes({ id: 'a"b', required: true, value: undefined, hidden: false, href: 'javascript:x' })}>`.toString(),
    ).toBe('<input id="a&quot;b" required href="#">');
    expect(() => attributes({ onclick: 'x' })).toThrow(TypeError);
    expect(() => attributes({ 'a b': 'x' })).toThrow(TypeError);
  });

  test('a hole that escaping can not make safe is refused', () => {
    const value = 'x';
    expect(() => html`<script>${value}</script>`).toThrow(/raw text/);
    expect(() => html`<style>${value}</style>`).toThrow(/raw text/);
    expect(() => html`<!-- ${value} -->`).toThrow(/comment/);
    expect(() => html`<p class=${value}>`).toThrow(/unquoted/);
    expect(() => html`<${value}>`).toThrow(/tag/);
    expect(() => html`<p onclick="${value}">`).toThrow(/onclick/);
    expect(() => html`<p style="${value}">`).toThrow(/style/);
    expect(() => html`<a href="/x/${value}">`).toThrow(/URL/);
    expect(() => html`<p ${value}>`).toThrow(/attributes/);
    expect(() => html`<p class="${html`<b>`}">`).toThrow(/markup/);
    expect(html`<title>${'<'}</title>`.toString()).toBe('<title>&lt;</title>');
    expect(html`<textarea>${'</textarea>'}</textarea>`.toString()).toBe('<textarea>&lt;/textarea&gt;</textarea>');
    expect(html`<script src="${'/a.js'}"></script><p>${value}</p>`.toString()).toBe('<script src="/a.js"></script><p>x</p>');
  });

  test('links of this site, of the web, mail and telephone pass', () => {
    for (const url of ['/a', '?lang=ms', '#top', './a', '../b', 'https://warung.example/', 'mailto:a@b.example', 'tel:999'])
      expect(href(url)).toBe(url);
    for (const url of ['javascript:alert(1)', ' javascript:x', '//evil.example', '/\\evil.example', 'a', '']) expect(href(url)).toBe('#');
  });
});
