import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Type } from 'typebox';
import { type Problem, type ProblemPlace, problems } from './problems.ts';
import { asProblem } from './refusals.ts';
import { validators } from './validation.ts';

/** So many lines one batch may have. */
export const maxLines = 1_000;
/** So many lines are worked on at once: few, so that a batch takes no more of the pool than some callers would. */
const atOnce = 4;

/** What became of one line: as its own request would have been answered. */
export type LineResult =
  | { readonly status: number; readonly answer: unknown }
  | {
      readonly status: number;
      readonly problem: { readonly code: string; readonly detail: string; readonly errors?: ProblemPlace[] };
    };

/** How `LineResult` is described. */
export function lineResult(answer: TSchema) {
  return Type.Object({
    status: Type.Integer(),
    answer: Type.Optional(answer),
    problem: Type.Optional(
      Type.Object({
        code: Type.String(),
        detail: Type.String(),
        errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.String() }))),
      }),
    ),
  });
}

/**
 * The validator of a batch's route. The envelope alone is checked before the handler: the field `name`, an array of 1 to 1,000. Each line is
 * checked by `eachLine`, so that a bad one harms no other.
 */
export function envelopeOf(name: string): FastifySchemaCompiler<TSchema> {
  const envelope = Type.Object(
    { [name]: Type.Array(Type.Unknown(), { minItems: 1, maxItems: maxLines }) },
    { additionalProperties: false },
  );
  return (route) => validators()(route.httpPart === 'body' ? { ...route, schema: envelope } : route);
}

/**
 * Works through the lines of a batch, each as if it had come alone: checked by the schema, done in a transaction of its own, answered in its
 * place. What nobody foresaw is told as `internal`, and said to `unforeseen`.
 */
export function eachLine<Line>(name: string, schema: TSchema) {
  const check = validators()({ schema, method: 'POST', url: name, httpPart: 'body' }) as (line: unknown) => {
    value?: unknown;
    error?: Problem;
  };
  return async (
    lines: readonly unknown[],
    work: (line: Line) => Promise<{ readonly status: number; readonly answer: unknown }>,
    unforeseen: (error: unknown) => void,
  ): Promise<LineResult[]> => {
    const results: LineResult[] = [];
    let next = 0;
    const worker = async () => {
      while (next < lines.length) {
        const place = next++;
        try {
          const { error } = check(lines[place]);
          if (error) throw error;
          results[place] = await work(lines[place] as Line);
        } catch (error) {
          const problem = asProblem(error);
          if (problem.code === 'internal') unforeseen(error);
          results[place] = refused(problem, `/${name}/${place}`);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, lines.length) }, worker));
    return results;
  };
}

/** Its places are told as they stand in the whole body. */
function refused({ code, detail, errors }: Problem, place: string): LineResult {
  const told = errors?.map((error) => ({ ...error, pointer: `${place}${error.pointer}` }));
  return { status: problems[code].status, problem: { code, detail, ...(told ? { errors: told } : {}) } };
}
