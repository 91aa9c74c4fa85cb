import type { WarungClient } from './client.ts';
import { WarungError } from './client.ts';
import { people } from './life/people.ts';
import { letters, talk } from './life/talk.ts';
import { reported, withheld } from './life/trouble.ts';
import type { Language } from './perisai.ts';

/** What a seeded day left behind. */
export interface SeededDay {
  people: number;
  posts: number;
  comments: number;
  messages: number;
  /** Posts that screening kept back. */
  hidden: number;
  reports: number;
  reportsByLanguage: Record<Language, number>;
  /** Reports that could not be made, because what they are about was already hidden. */
  missed: number;
}

export interface SeedOptions {
  /** The same seed plays the same day in the same order. */
  seed?: number;
  /** Called after each step. */
  progress?: (done: number, of: number, what: string) => void;
}

/** Numbers from 0 to 1 that depend on the seed only (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The lists woven into one: which goes next is thrown, the order within each is kept. */
function weave<T>(lists: readonly (readonly T[])[], roll: () => number): T[] {
  const rests = lists.filter((list) => list.length > 0).map((list) => [...list]);
  const woven: T[] = [];
  while (rests.length > 0) {
    const at = Math.floor(roll() * rests.length);
    const next = rests[at]?.shift();
    if (next !== undefined) woven.push(next);
    if (rests[at]?.length === 0) rests.splice(at, 1);
  }
  return woven;
}

type Step = { what: string; run: () => Promise<void> };

/**
 * Plays a day at Warung through its own `/api`: people come, talk in four languages, some try to cheat, others report it. The clock is
 * not turned: everything happens now, one step after the other. Null where the people are there already: a day is played once.
 */
export async function seedDay(client: WarungClient, options: SeedOptions = {}): Promise<SeededDay | null> {
  const present = new Set((await client.accounts()).map((account) => account.handle));
  if (people.some((person) => present.has(person.handle))) return null;
  const day: SeededDay = {
    people: 0,
    posts: 0,
    comments: 0,
    messages: 0,
    hidden: 0,
    reports: 0,
    reportsByLanguage: { ms: 0, en: 0, zh: 0, ta: 0 },
    missed: 0,
  };

  const arrivals = people.map(
    (person): Step => ({
      what: `${person.name} sits down`,
      run: async () => {
        await client.join(person);
        day.people += 1;
      },
    }),
  );

  async function post(by: string, text: string, where: { to?: string; parent?: string } = {}): Promise<string> {
    const made = await client.write(by, { text, ...where });
    if (where.to !== undefined) day.messages += 1;
    else if (where.parent !== undefined) day.comments += 1;
    else day.posts += 1;
    if (made.state === 'hidden') day.hidden += 1;
    return made.id;
  }

  const talks = talk.map(({ by, text, comments }): Step[] => {
    let id = '';
    return [
      {
        what: `${by} posts`,
        run: async () => {
          id = await post(by, text);
        },
      },
      ...comments.map(([who, said]): Step => ({ what: `${who} comments`, run: async () => void (await post(who, said, { parent: id })) })),
    ];
  });
  const mail = letters.map(
    ([from, to, text]): Step => ({ what: `${from} writes to ${to}`, run: async () => void (await post(from, text, { to })) }),
  );
  const troubles = [...withheld, ...reported].map(({ by, text, to, reports }): Step[] => {
    let id = '';
    return [
      {
        what: `${by} posts`,
        run: async () => {
          id = await post(by, text, to === undefined ? {} : { to });
        },
      },
      ...reports.map(
        (complaint): Step => ({
          what: `${complaint.by ?? 'somebody without an account'} reports`,
          run: async () => {
            try {
              await client.report(complaint.by, id, { harm: complaint.harm, text: complaint.text, language: complaint.language });
              day.reports += 1;
              day.reportsByLanguage[complaint.language] += 1;
            } catch (error) {
              // Quicker people than this reporter had it hidden: there is nothing left to be seen and reported.
              if (!(error instanceof WarungError) || error.status !== 404) throw error;
              day.missed += 1;
            }
          },
        }),
      ),
    ];
  });

  const steps = [...arrivals, ...weave([...talks, mail, ...troubles], dice(options.seed ?? 7))];
  for (const [at, step] of steps.entries()) {
    await step.run();
    options.progress?.(at + 1, steps.length, step.what);
  }
  return day;
}
