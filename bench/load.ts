import { type Child, startChild } from './child.ts';
import type { Run } from './claim.ts';
import type { BenchHouse, ServerCpu } from './house.ts';
import type { RecipeName } from './requests.ts';

export interface LoadAsked {
  readonly url: string;
  readonly token: string;
  readonly recipe: RecipeName;
  /** Number of the first request: no two runs send the same. */
  readonly first: number;
  readonly characters: number;
  readonly seconds: number;
  /** Ends sooner, after so many requests. */
  readonly most?: number;
  readonly connections: number;
  /** Arrivals a second, at random moments, whether or not earlier ones were answered. Without it each connection sends as fast as it is answered. */
  readonly rate?: number;
}

export interface LoadAnswer {
  readonly done: number;
  /** Answered with another status than expected, or not at all. */
  readonly failed: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Milliseconds from the moment of arrival: waiting for a connection counts. */
  readonly p50: number;
  readonly p99: number;
}

export interface Load extends LoadAnswer {
  readonly perSecond: number;
  /** CPU seconds that the server took meanwhile. */
  readonly server: ServerCpu;
}

/** The generator, in a process of its own. */
export interface Generator {
  run(asked: Omit<LoadAsked, 'url' | 'token' | 'first' | 'characters'> & { readonly characters?: number }): Promise<Load>;
}

export function startGenerator(run: Run, house: BenchHouse): Generator {
  const child: Child = startChild('./load.child.ts');
  run.ends.defer(() => child.stop());
  // Post 1 is the one that everybody reports.
  let first = 2;
  return {
    async run(asked) {
      const before = await house.cpu();
      const answer = await child.ask<LoadAnswer>('run', {
        characters: 280,
        ...asked,
        url: house.url,
        token: house.token,
        first,
      } satisfies LoadAsked);
      const after = await house.cpu();
      first += answer.done + answer.failed;
      if (answer.failed > 0) run.say(`  ${answer.failed} of ${answer.done + answer.failed} requests failed`);
      return {
        ...answer,
        perSecond: answer.done / answer.seconds,
        server: {
          node: after.node - before.node,
          database: after.database === null || before.database === null ? null : after.database - before.database,
        },
      };
    },
  };
}

/** What every HTTP figure is printed with: whose CPU it took. */
export function costs(load: Load): Record<string, number | null> {
  const { node, database } = load.server;
  return {
    perServerCpuSecond: database === null ? null : load.done / (node + database),
    nodeMs: (node / load.done) * 1_000,
    databaseMs: database === null ? null : (database / load.done) * 1_000,
    generatorCpuShare: load.cpuSeconds / load.seconds,
    failed: load.failed,
  };
}
