import type { WarungClient } from './client.ts';
import { WarungError } from './client.ts';
import type { Where } from './counter.ts';
import { people } from './life/people.ts';
import { ads, drill, groups, lives, searches } from './life/places.ts';
import { letters, talk } from './life/talk.ts';
import { type Complaint, reported, withheld } from './life/trouble.ts';
import type { Language } from './perisai.ts';

/** What a seeded day left behind. */
export interface SeededDay {
  people: number;
  posts: number;
  comments: number;
  messages: number;
  groups: number;
  lives: number;
  ads: number;
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
    groups: 0,
    lives: 0,
    ads: 0,
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

  async function post(by: string, text: string, where: Where = {}): Promise<string> {
    const made = await client.write(by, { text, ...where });
    if (where.to !== undefined) day.messages += 1;
    else if (where.parent !== undefined) day.comments += 1;
    else if (where.as !== undefined) day[`${where.as}s`] += 1;
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
  function complaints(reports: readonly Complaint[], about: () => string): Step[] {
    return reports.map((complaint) => ({
      what: `${complaint.by ?? 'somebody without an account'} reports`,
      run: async () => {
        try {
          await client.report(complaint.by, about(), { harm: complaint.harm, text: complaint.text, language: complaint.language });
          day.reports += 1;
          day.reportsByLanguage[complaint.language] += 1;
        } catch (error) {
          // Quicker people than this reporter had it hidden: there is nothing left to be seen and reported.
          if (!(error instanceof WarungError) || error.status !== 404) throw error;
          day.missed += 1;
        }
      },
    }));
  }
  /** What somebody writes, and what follows once it is there. */
  function piece(what: string, by: string, text: string, where: Where, then: (id: () => string) => Step[] = () => []): Step[] {
    let id = '';
    const run = async (): Promise<void> => {
      id = await post(by, text, where);
    };
    return [{ what: `${by} ${what}`, run }, ...then(() => id)];
  }
  const troubles = [...withheld, ...reported].map(({ by, text, to, reports }) =>
    piece('posts', by, text, to === undefined ? {} : { to }, (id) => complaints(reports, id)),
  );
  const tables = groups.map(({ by, text, members, posts }) =>
    piece('opens a group', by, text, { as: 'group' }, (id) => [
      ...members.map((who): Step => ({ what: `${who} joins a group`, run: () => client.enterGroup(who, id()) })),
      ...posts.map(
        ([who, said]): Step => ({ what: `${who} posts in a group`, run: async () => void (await post(who, said, { group: id() })) }),
      ),
    ]),
  );
  const sessions = lives.map(({ by, text, scenes, ends }) =>
    piece('goes live', by, text, { as: 'live' }, (id) => [
      ...scenes.map((scene): Step => ({ what: `${by} speaks live`, run: async () => void (await client.say(by, id(), scene)) })),
      ...(ends ? [{ what: `${by} ends the session`, run: async () => void (await client.finish(by, id())) }] : []),
    ]),
  );
  const bought = ads.map(({ by, text, link, reports }) =>
    piece('advertises', by, text, { as: 'ad', link }, (id) => complaints(reports, id)),
  );
  const looked = searches.map(
    ([who, words]): Step => ({ what: `${who} searches`, run: async () => void (await client.search(who, words)) }),
  );
  const drills = piece('tries a drill', drill.by, drill.text, { attachment: drill.attachment });

  const steps = [
    ...arrivals,
    ...weave([...talks, mail, ...troubles, ...tables, ...sessions, ...bought, looked, drills], dice(options.seed ?? 7)),
  ];
  for (const [at, step] of steps.entries()) {
    await step.run();
    options.progress?.(at + 1, steps.length, step.what);
  }
  return day;
}
