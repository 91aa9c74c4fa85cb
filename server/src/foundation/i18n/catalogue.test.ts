import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import clocks from '../../../../catalogue/clocks.json' with { type: 'json' };
import desks from '../../../../catalogue/desks.json' with { type: 'json' };
import harms from '../../../../catalogue/harms.json' with { type: 'json' };
import helpLines from '../../../../catalogue/help-lines.json' with { type: 'json' };
import instruments from '../../../../catalogue/instruments.json' with { type: 'json' };
import ladder from '../../../../catalogue/ladder.json' with { type: 'json' };
import policy from '../../../../catalogue/policy/1.json' with { type: 'json' };
import later from '../../../../catalogue/policy/later.json' with { type: 'json' };
import reasons from '../../../../catalogue/reasons.json' with { type: 'json' };
import notices from '../../../../catalogue/texts/notices.json' with { type: 'json' };
import { blamingIn, type Found, foreignIn, holds, missingIn, type Quad, secondWordsIn, terms, textsIn } from '../../../test/glossary.ts';
import { words } from '../html/gallery/words.ts';
import { type Language, languages } from './language.ts';
import { helpLinesFor, type NoticeFacts, noticeIds, noticeText } from './notice-text.ts';
import { placeholders } from './texts.ts';

const shared = (): readonly Found[] => {
  const sheets = languages.map(
    (language) =>
      [language, JSON.parse(readFileSync(new URL(`${language}.json`, import.meta.url), 'utf8')) as Record<string, unknown>] as const,
  );
  const flat = (text: unknown) => (typeof text === 'string' ? text : Object.values(text as Record<string, string>).join(' '));
  return Object.keys(sheets[0]?.[1] ?? {}).map((key) => ({
    where: `shared/${key}`,
    text: Object.fromEntries(sheets.map(([language, sheet]) => [language, flat(sheet[key])])) as Quad,
  }));
};

const all = [
  ...textsIn(harms, 'harms'),
  ...textsIn(clocks, 'clocks'),
  ...textsIn(desks, 'desks'),
  ...textsIn(helpLines, 'help-lines'),
  ...textsIn(instruments, 'instruments'),
  ...textsIn(reasons, 'reasons'),
  ...textsIn(ladder, 'ladder'),
  ...textsIn(policy, 'policy/1'),
  ...textsIn(later, 'policy/later'),
  ...textsIn(notices, 'notices'),
  ...shared(),
];

function starts(text: string, stem: string, language: Language): boolean {
  if (language === 'zh' || language === 'ta') return text.includes(stem);
  // Malay puts its prefixes before the stem.
  return language === 'ms' ? text.toLowerCase().includes(stem) : new RegExp(`(?<![\\p{L}])${stem}`, 'iu').test(text);
}

describe('the catalogue’s texts', () => {
  test('there are as many as there should be', () => {
    expect(all.length).toBeGreaterThan(250);
    expect(
      readdirSync(new URL('../../../../catalogue/', import.meta.url))
        .filter((name) => name.endsWith('.json'))
        .sort(),
    ).toEqual([
      'clocks.json',
      'desks.json',
      'glossary.json',
      'harms.json',
      'help-lines.json',
      'identifiers.json',
      'instruments.json',
      'ladder.json',
      'reasons.json',
    ]);
  });

  test.each(languages)('every text is said in %s, in its own script', (language) => {
    const names = new Set([
      'notices/common/help',
      ...all
        .filter(({ text }) => /^(\{\w+\} \{\w+\}|\{day\}, \{time\}|Befrienders KL|Cyber999|Talian \w+)$/.test(text.ms))
        .map(({ where }) => where),
    ]);
    expect(missingIn(all, language, names)).toEqual([]);
  });

  test('names the same placeholders in all languages', () => {
    const uneven = all.filter(({ text }) => new Set(languages.map((language) => placeholders(text[language]).join())).size !== 1);
    expect(uneven).toEqual([]);
  });

  test('is not half another language: no Tamil in Chinese, no Malay left untranslated', () => {
    expect(foreignIn(all)).toEqual([]);
  });

  test.each(languages)('holds no word in %s that blames, or that nobody says', (language) => {
    expect(blamingIn(all, language)).toEqual([]);
  });
});

describe('the glossary', () => {
  test('gives one word to one thing', () => {
    for (const language of languages) expect(new Set(terms.map((term) => term[language])).size).toBe(terms.length);
    for (const term of terms) {
      for (const language of languages)
        expect(
          term.stems[language].some((stem) => starts(term[language], stem, language)),
          `${term.id} in ${language}`,
        ).toBe(true);
    }
  });

  test('no text says a term in a second way', () => {
    expect(secondWordsIn(all)).toEqual([]);
  });

  test('a notice that speaks of a term in Malay uses its word in every other language', () => {
    // The last column of what may differ is empty: each notice's sentence follows the Malay.
    const watched = new Set(['report', 'appeal', 'removed', 'hidden', 'labelled', 'restored', 'guidelines']);
    const missing = all
      .filter(({ where }) => where.startsWith('notices/'))
      .flatMap(({ where, text }) =>
        terms
          .filter((term) => watched.has(term.id) && term.stems.ms.some((stem) => starts(text.ms, stem, 'ms')))
          .flatMap((term) =>
            languages
              .filter((language) => !term.stems[language].some((stem) => starts(text[language], stem, language)))
              .map((language) => `${where} lacks “${term[language]}”: ${text[language]}`),
          ),
      );
    expect(missing).toEqual([]);
  });

  test('finds a second translation when there is one', () => {
    expect(holds('内容已删除', '删除', 'zh')).toBe(true);
    expect(holds('Your superuser', 'user', 'en')).toBe(false);
    expect(holds('Dear user,', 'user', 'en')).toBe(true);
  });

  test('the gallery’s words are found by its keys in every language', () => {
    for (const language of languages) expect(words(language)('send')).not.toBe('');
  });
});

describe('the catalogue’s figures', () => {
  test('CSAM comes first, and CSAM and scams are the priority harms that stay hidden when time runs out', () => {
    expect(harms.harms.map((harm) => harm.order)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(harms.harms[0]?.id).toBe('csam');
    expect(harms.harms.filter((harm) => harm.priority).map((harm) => harm.id)).toEqual(['csam', 'scam']);
    for (const harm of harms.harms) expect(harm.onLapse).toBe(harm.priority ? 'keep' : 'restore');
  });

  test('every clause has a harm, its own id and number, a determination, a ground and a law', () => {
    const clauses = [...policy.clauses, ...later.clauses];
    expect(new Set(clauses.map((clause) => clause.id)).size).toBe(clauses.length);
    expect(new Set(clauses.map((clause) => clause.number)).size).toBe(clauses.length);
    for (const clause of clauses) {
      expect(harms.harms.map((harm) => harm.id)).toContain(clause.harm);
      expect(['remove', 'label', 'make-inaccessible']).toContain(clause.determination);
      expect(['ILLEGAL_CONTENT', 'INCOMPATIBLE_CONTENT']).toContain(clause.ground);
      expect([clause.examples.violating.length, clause.examples.allowed.length]).toEqual([2, 2]);
    }
  });

  test('links in examples lead nowhere', () => {
    const links = all.flatMap(({ text }) =>
      languages.flatMap((language) => text[language].match(/[a-z0-9-]+\.(?:[a-z]{2,})\b(?:\/\S*)?/gi) ?? []),
    );
    expect(links.filter((link) => !/\.example\b/.test(link))).toEqual([]);
    expect(links.length).toBeGreaterThan(3);
  });

  test('the clocks are the five, in minutes, with the answer’s two marks', () => {
    const lengths = Object.fromEntries(clocks.clocks.map((clock) => [clock.id, clock.lengths]));
    expect(lengths).toEqual({
      acknowledge: { priority: 60, other: 60 },
      protect: { priority: 0, other: 240 },
      determine: { priority: 1440, other: 1440 },
      enforce: { priority: 60, other: 720 },
      'answer.status': { priority: 720, other: 720 },
      'answer.outcome': { priority: 1440, other: 1440 },
    });
    for (const clock of [...clocks.clocks, ...clocks.windows]) expect(['prescribed', 'own', 'unconfirmed']).toContain(clock.basis);
  });

  test('a number that nobody confirmed is not shown', () => {
    expect(helpLinesFor('child-harm', 'ms').map((line) => line.id)).toEqual(['talian-kasih', 'heal']);
    for (const harm of harms.harms) expect(helpLinesFor(harm.id, 'ta').length, harm.id).toBeGreaterThan(0);
  });
});

describe('a notice', () => {
  const at = new Date('2026-11-24T06:26:00Z');
  const [clause] = policy.clauses;
  const facts: NoticeFacts = {
    item: 'post',
    clause: clause ?? null,
    harm: 'scam',
    outcome: 'removed',
    ground: 'trivial',
    code: 'KM7P-42QX',
    received: at,
    posted: at,
    decided: at,
    statusBy: at,
    answerBy: at,
    decideBy: at,
    appealBy: at,
    until: at,
    askBy: at,
  };

  test.each(noticeIds)('%s is whole in every language, done and under way', (id) => {
    for (const language of languages) {
      for (const underway of [false, true]) {
        // Which text it is says the outcome, but for what leaves an item there with less.
        const { title, body } = noticeText(id, language, {
          ...facts,
          ...(id.endsWith('.lessened') ? { outcome: 'limited' } : {}),
          underway,
        });
        expect([title, ...body].join(' ')).not.toMatch(/[{}]|undefined/);
        expect(body.length).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test('every sheet of the catalogue can be asked for', () => {
    expect(notices.notices.map((notice) => notice.id)).toEqual([...noticeIds]);
  });

  test('lacking a fact is not sent', () => {
    const { posted: _, ...without } = facts;
    expect(() => noticeText('author.removed', 'ms', without)).toThrow('posted');
  });

  test('speaks of an appeal only where one is open', () => {
    const { appealBy: _, ...without } = facts;
    expect(noticeText('author.removed', 'en', facts).body.join(' ')).toContain('appeal');
    expect(noticeText('author.removed', 'en', without).body.join(' ')).not.toContain('appeal');
  });

  test('says how to ask why only where asking is open', () => {
    expect(noticeText('author.hidden', 'ms', facts).body.join(' ')).not.toContain('pertanyaan');
    const { body } = noticeText('author.hidden', 'ms', { ...facts, inquireBy: at });
    expect(body.join(' ')).toContain('Ada pertanyaan? Anda boleh bertanya kepada kami mengapa sebelum');
  });

  test('repeats the reason in the words of whoever decided, after the clause', () => {
    const { body } = noticeText('author.removed', 'en', { ...facts, reason: 'It copies a bank’s page {as is}.' });
    expect(body[2]).toBe('What our team says: It copies a bank’s page {as is}.');
  });

  test('says what, why, what it means, what to do, who helps, in this order', () => {
    const { body } = noticeText('author.removed', 'en', { ...facts, automated: true });
    expect(body.map((paragraph) => paragraph.split(' ').slice(0, 2).join(' '))).toEqual([
      'Your post',
      'Our system',
      'Why: this',
      'Others cannot',
      'If you',
      'Who can',
    ]);
  });

  test('says that it is being carried out while the platform has not acknowledged', () => {
    expect(noticeText('report.removed', 'ms', { ...facts, underway: true }).body[0]).toContain('sedang melaksanakannya');
    expect(noticeText('report.removed', 'ms', facts).body[0]).toContain('telah dibuang');
  });

  test.each(Object.keys(notices.limits))('of an item that is %s says what that means, until when by itself, and where', (outcome) => {
    for (const language of languages) {
      const { body } = noticeText('author.lessened', language, { ...facts, outcome: outcome as 'limited', territory: 'MY' });
      expect(body).toContain(notices.limits[outcome as 'limited'][language]);
      expect(body).toContain(notices.common.territory[language]);
      expect(body.length).toBe(7);
    }
  });

  test('about what is within the guidelines names no clause', () => {
    expect(noticeText('report.already-decided', 'en', { ...facts, clause: null, outcome: 'no-violation' }).body.join(' ')).not.toMatch(
      /clause/i,
    );
  });

  test('to a reporter never speaks of the police’s part, to an author never of a report', () => {
    for (const { id, to, ...parts } of notices.notices) {
      const said = textsIn(parts, id).map(({ text }) => text);
      if (to === 'author')
        for (const text of said) expect(`${text.ms} ${text.en} ${text.zh} ${text.ta}`, id).not.toMatch(/lapor|report|举报|புகா/i);
      if (to === 'reporter')
        for (const text of said) expect(`${text.ms} ${text.en} ${text.zh} ${text.ta}`, id).not.toMatch(/polis|police|PDRM|NCMEC|警|காவல்/i);
    }
  });
});
