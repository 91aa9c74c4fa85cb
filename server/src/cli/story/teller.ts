import { setTimeout as wait } from 'node:timers/promises';

/** Something that had to hold did not. */
export class StoryBroke extends Error {
  override readonly name = 'StoryBroke';
}

/** @throws StoryBroke */
export function held(condition: boolean, otherwise: string): void {
  if (!condition) throw new StoryBroke(otherwise);
}

const patience = 20_000;

/** Asks until there is an answer, and gives it back. @throws StoryBroke naming what never came */
export async function until<T>(what: string, asked: () => Promise<T>): Promise<NonNullable<T>> {
  for (const end = Date.now() + patience; ; await wait(50)) {
    const answer = await asked();
    if (answer) return answer;
    if (Date.now() > end) throw new StoryBroke(`waited ${patience / 1_000} s in vain for ${what}`);
  }
}

/** Tells each step as it happens. */
export interface Teller {
  step(what: string, facts?: Readonly<Record<string, unknown>>): void;
  steps(): number;
  end(): void;
}

/** Facts that a person at the terminal wants beside the sentence; the others are for programs. */
const shown = new Set(['perisai', 'warung', 'title', 'says', 'file']);

export function tellTo(json: boolean, say: (line: string) => void): Teller {
  const began = Date.now();
  let n = 0;
  const seconds = () => `${((Date.now() - began) / 1_000).toFixed(1)} s`;
  return {
    step(what, facts = {}) {
      n++;
      if (json) return say(JSON.stringify({ step: n, ms: Date.now() - began, what, ...facts }));
      say(`${String(n).padStart(3)}. ${what}  (${seconds()})`);
      for (const [name, fact] of Object.entries(facts)) if (shown.has(name)) say(`       ${name}: ${String(fact)}`);
    },
    steps: () => n,
    end: () => say(json ? JSON.stringify({ held: true, steps: n, ms: Date.now() - began }) : `\nAll of it held: ${n} steps, ${seconds()}.`),
  };
}
