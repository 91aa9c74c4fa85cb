import { createEngine, defaultThresholds, type Engine, parseBank, parseLexicon, parseLinks } from '@perisai/screening';
import marker from '../../../catalogue/banks/test-marker.json' with { type: 'json' };
import en from '../../../catalogue/lexicon/en.json' with { type: 'json' };
import links from '../../../catalogue/lexicon/links.json' with { type: 'json' };
import ms from '../../../catalogue/lexicon/ms.json' with { type: 'json' };
import ta from '../../../catalogue/lexicon/ta.json' with { type: 'json' };
import zh from '../../../catalogue/lexicon/zh.json' with { type: 'json' };

/** The engine with the lists that come with Perisai: words in four languages, links, and the bank of marker files. */
export function shippedEngine(): Engine {
  const lexica = [ms, en, zh, ta];
  return createEngine({
    lexicon: lexica.flatMap(parseLexicon),
    lexiconVersion: lexica.map(({ language, version }) => `${language}:${version}`).join(','),
    links: parseLinks(links),
    linksVersion: links.version,
    hashBanks: [parseBank(marker)],
    thresholds: defaultThresholds,
  });
}
