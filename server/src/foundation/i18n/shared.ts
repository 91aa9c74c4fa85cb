import en from './en.json' with { type: 'json' };
import ms from './ms.json' with { type: 'json' };
import ta from './ta.json' with { type: 'json' };
import { texts } from './texts.ts';
import zh from './zh.json' with { type: 'json' };

/** The words that many pages share: `translate(language)('today')`. What one page says alone, it owns itself, by `texts`. */
export const translate = texts({ ms, en, zh, ta });
