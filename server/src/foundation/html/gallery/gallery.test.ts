import { describe, expect, test } from 'vitest';
import type { Language } from '../../i18n/language.ts';
import { languages } from '../../i18n/language.ts';
import { assets, paths } from '../assets.ts';
import { html } from '../html.ts';
import { pageExamples } from '../page.examples.ts';
import { publicPage, staffPage, withLanguage } from '../page.ts';
import { allExamples, gallery } from './gallery.ts';

const empty = new Set(['meta', 'link', 'input', 'br', 'hr', 'path', 'circle', 'img']);

/** The first thing that is wrong with the nesting of tags, or null: every tag is closed in order, no attribute twice, no id twice. */
function wrongIn(markup: string): string | null {
  const open: string[] = [];
  const ids = new Set<string>();
  for (const [tag, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([a-z0-9]+)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*\/?>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) return `closed without being open: ${tag}`;
      continue;
    }
    const attributes = [...rest.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/g)];
    const names = attributes.map((attribute) => attribute[1]);
    if (new Set(names).size !== names.length) return `an attribute twice: ${tag}`;
    const id = attributes.find((attribute) => attribute[1] === 'id')?.[2];
    if (id !== undefined && ids.has(id)) return `id twice: ${id}`;
    if (id !== undefined) ids.add(id);
    if (!empty.has(name)) open.push(name);
  }
  if (open.length > 0) return `left open: ${open.join(', ')}`;
  const loose = markup.replaceAll(/<!doctype html>|<\/?[a-z0-9]+(?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*\s*\/?>/g, '');
  return /[<>]/.test(loose) ? `loose bracket: ${/.{0,20}[<>].{0,20}/.exec(loose)?.[0]}` : null;
}

describe.each(languages)('in %s', (language: Language) => {
  const states = [...allExamples, pageExamples].flatMap(({ component, states: each }) =>
    each.map(({ state, render }) => ({ name: `${component}: ${state}`, render })),
  );

  test.each(states)('$name is well-formed, escaped and has all its words', ({ render }) => {
    const markup = render(language).toString();
    expect(wrongIn(markup)).toBeNull();
    expect(markup).not.toMatch(/undefined|null|\[object|NaN|\{[a-z]+\}/);
    expect(markup).not.toMatch(/<4>/);
  });

  test.each(['public', 'staff'] as const)('the whole %s gallery is well-formed', (frame) => {
    expect(wrongIn(gallery(language, frame).toString())).toBeNull();
  });
});

test('the check for form finds what is wrong', () => {
  expect(wrongIn('<p><b>x</p></b>')).toContain('closed');
  expect(wrongIn('<p>x')).toContain('left open');
  expect(wrongIn('<p>a < b</p>')).toContain('loose');
  expect(wrongIn('<p id="a"></p><p id="a"></p>')).toContain('id twice');
  expect(wrongIn('<input class="a" class="b">')).toContain('attribute twice');
});

describe('a public page', () => {
  const page = publicPage({
    language: 'zh',
    title: '<Status>',
    path: '/statement/a?token=x%26y&lang=zh',
    service: 'Warung',
    quickExit: 'https://cuaca.example/',
    errors: [{ field: 'code', message: 'x' }],
    body: html`<p>isi</p>`,
  }).toString();

  test('keeps what was asked for when the language changes', () => {
    expect(page).toContain('href="/statement/a?token=x%26y&amp;lang=ta"');
    expect(withLanguage('/report/status', 'ta')).toBe('/report/status?lang=ta');
  });

  test('says its language, its title, its errors first, and loads nothing but its own sheet', () => {
    expect(page).toContain('<html lang="zh-Hans">');
    expect(page).toContain('<title>错误: &lt;Status&gt; · Warung</title>');
    expect(page.indexOf('href="#code"')).toBeLessThan(page.indexOf('<h1>'));
    expect(page).not.toMatch(/<script|<style|style=|src=/);
    expect(page).toContain(paths.base);
  });

  test('has one h1, one main, a skip link and a quick exit', () => {
    for (const once of ['<h1>', '<main ', 'class="skip" href="#main"', 'https://cuaca.example/']) expect(page.split(once)).toHaveLength(2);
  });
});

test('a staff page names the desk one is at and speaks Malay where it does not know the language', () => {
  const page = staffPage({
    language: 'ta',
    title: 'Giliran',
    path: '/desk',
    active: 'queue',
    rail: [{ id: 'queue', title: 'Giliran', href: '/desk', count: 0 }],
    person: null,
    body: null,
  }).toString();
  expect(page).toContain('<html lang="ms">');
  expect(page).toContain('aria-current="page"');
  expect(page).not.toContain('class="count');
});

test('an asset’s path changes with its bytes, and the sheets hold both schemes, forced colours, less motion and print', () => {
  expect([...assets.keys()]).toEqual([paths.base, paths.desk, paths.favicon]);
  const sheet = Buffer.from(assets.get(paths.base)?.bytes ?? []).toString();
  for (const query of ['prefers-color-scheme: dark', 'forced-colors: active', 'prefers-reduced-motion: reduce', '@media print'])
    expect(sheet).toContain(query);
  expect(sheet).not.toMatch(/url\(|@import/);
});

/** WCAG's relative luminance of #rrggbb. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test('the tokens keep their contrast in both schemes', () => {
  const sheet = Buffer.from(assets.get(paths.base)?.bytes ?? []).toString();
  const [light = '', dark = ''] = [...sheet.matchAll(/:root \{([^}]*--page: #[^}]*)\}/g)].map((block) => block[1] ?? '');
  for (const scheme of [light, dark]) {
    const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(scheme)?.[1] ?? 'missing';
    const contrast = (one: string, other: string) => {
      const [low = 0, high = 0] = [luminance(token(one)), luminance(token(other))].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    for (const ground of ['page', 'surface', 'sunken']) {
      for (const text of ['ink', 'quiet', 'accent', 'critical', 'high', 'medium', 'low', 'good'])
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.9);
      for (const edge of ['control', 'focus']) expect(contrast(edge, ground), `${edge} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
    for (const level of ['critical', 'high', 'medium', 'low', 'good'])
      expect(contrast(level, `${level}-tint`), level).toBeGreaterThanOrEqual(4.9);
    expect(contrast('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5);
  }
});
