/** What a check found. */
export interface Finding {
  /** `warn`: works, but shouldn't stay so. `bad`: something is broken or somebody's rights are at risk. */
  readonly state: 'good' | 'warn' | 'bad';
  /** What is so, in a sentence. No secrets, no personal data. */
  readonly says: string;
  /** What the operator is to do; always there unless the state is good. */
  readonly todo?: string;
}

export const good = (says: string): Finding => ({ state: 'good', says });
export const warn = (says: string, todo: string): Finding => ({ state: 'warn', says, todo });
export const bad = (says: string, todo: string): Finding => ({ state: 'bad', says, todo });

/** One question that `perisai doctor` asks. Changes nothing. Throwing counts as bad. */
export interface Check {
  readonly name: string;
  run(): Promise<Finding>;
}

export interface Examined extends Finding {
  readonly name: string;
}

/** Asks all at the same time and answers in the order of the checks. One that takes longer than `patienceMs` (10 s) is bad. */
export async function examine(checks: readonly Check[], patienceMs = 10_000): Promise<Examined[]> {
  return Promise.all(checks.map(async (check) => ({ name: check.name, ...(await ask(check, patienceMs)) })));
}

async function ask(check: Check, patienceMs: number): Promise<Finding> {
  const { promise: late, resolve } = Promise.withResolvers<Finding>();
  const timer = setTimeout(() => {
    resolve({
      state: 'bad',
      says: `No answer within ${patienceMs / 1000} s.`,
      todo: 'Look whether the machine, its disk or its network is overloaded.',
    });
  }, patienceMs);
  try {
    return await Promise.race([check.run(), late]);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return {
      state: 'bad',
      says: `The check itself failed: ${code ?? message ?? String(error)}.`,
      todo: 'Mend what it names, or report this as a fault of Perisai.',
    };
  } finally {
    clearTimeout(timer);
  }
}

/** The worst of all states: good where nothing was asked. */
export function worst(findings: readonly Finding[]): Finding['state'] {
  return (['bad', 'warn'] as const).find((state) => findings.some((finding) => finding.state === state)) ?? 'good';
}
