import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EngineData } from '../src/index.ts';
import { defaultThresholds, parseBank, parseLexicon, parseLinks } from '../src/index.ts';

const root = new URL('../../../', import.meta.url);

/** Parsed JSON of a file below the project's root. */
export function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, root), 'utf8'));
}

/** What the catalogue ships, as a server would hand it to the engine. */
export function shipped(): EngineData {
  return {
    lexicon: ['ms', 'en', 'zh', 'ta'].flatMap((language) => parseLexicon(read(`catalogue/lexicon/${language}.json`))),
    lexiconVersion: '1',
    links: parseLinks(read('catalogue/lexicon/links.json')),
    linksVersion: '1',
    hashBanks: [parseBank(read('catalogue/banks/test-marker.json'))],
    thresholds: defaultThresholds,
  };
}

/** One line of `corpus/HARM-LANGUAGE.jsonl`. */
export interface Example {
  id: string;
  harm: string;
  language: string;
  positive: boolean;
  text: string;
}

export function examples(file: string): Example[] {
  return readFileSync(new URL(`corpus/${file}.jsonl`, root), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Example);
}

/** Hexadecimal digest of a file that holds these ASCII bytes. */
export function digest(algorithm: string, text: string): string {
  return createHash(algorithm).update(text, 'ascii').digest('hex');
}
