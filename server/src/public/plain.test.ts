import { expect, test, vi } from 'vitest';
import type { Found, Quad } from '../../test/glossary.ts';
import { breathlessIn, officialeseIn } from '../../test/plain.ts';
import { languages } from '../foundation/i18n/language.ts';

type Sheets = Record<'ms' | 'en' | 'zh' | 'ta', Record<string, string | Record<string, string>>>;
const said = vi.hoisted(() => [] as Sheets[]);
// What a page says is its own; here it is overheard as the page says it to whoever makes texts of it.
vi.mock('../foundation/i18n/texts.ts', async (original) => {
  const real = await original<typeof import('../foundation/i18n/texts.ts')>();
  const texts = (sheets: Sheets) => {
    said.push(sheets);
    return real.texts(sheets as never);
  };
  return { ...real, texts };
});

/** Every text of every page for the public and of the letters, each form of a plural by itself. */
async function everyText(): Promise<readonly Found[]> {
  await Promise.all([import('./public.http.ts'), import('./guidelines.http.ts'), import('./inquiry.http.ts'), import('./error.ts')]);
  await import('../procedure/moderation/mail.ts');
  return said.flatMap((sheets) =>
    Object.keys(sheets.ms).map((key) => {
      const forms = (text: string | Record<string, string> | undefined) =>
        typeof text === 'string' ? text : Object.values(text ?? {}).join('\n');
      return { where: key, text: Object.fromEntries(languages.map((language) => [language, forms(sheets[language][key])])) as Quad };
    }),
  );
}

test('what the public reads on our pages and in our letters is said in sentences of one breath, in plain words', async () => {
  const all = await everyText();
  expect(all.length).toBeGreaterThan(150);
  expect(breathlessIn(all)).toEqual([]);
  expect(officialeseIn(all)).toEqual([]);
});
