import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import type { ProblemCode, ProblemPlace } from './problems.ts';
import { Problem } from './problems.ts';

/** So many wrong places are told; more help nobody. */
const maxPlaces = 50;

type Part = 'body' | 'query' | 'path';

/**
 * The validator of routes. Bodies are taken as they are: nothing is removed, converted or filled in. Query and path are text by nature, so
 * their values are converted to the schema's types, and defaults apply.
 */
export function validators(): FastifySchemaCompiler<TSchema> {
  const strict = { removeAdditional: false, coerceTypes: false, useDefaults: false, strictTypes: false, ownProperties: true } as const;
  const bodies = formatted(new Ajv({ ...strict, allErrors: false }));
  const explain = formatted(new Ajv({ ...strict, allErrors: true }));
  const texts = formatted(new Ajv({ ...strict, coerceTypes: true, useDefaults: true, allErrors: true }));
  return ({ schema, httpPart }) => {
    if (httpPart === 'querystring' || httpPart === 'params') {
      const part = httpPart === 'params' ? 'path' : 'query';
      const check = texts.compile(schema);
      return (data: unknown) => (check(data) ? { value: data } : { error: refusal(check.errors ?? [], part) });
    }
    const check = bodies.compile(schema);
    let checkAll: ValidateFunction | undefined;
    // No body, which Fastify hands over as null, says as much as an empty object where no field is required.
    const mayBeAbsent = check({});
    return (sent: unknown) => {
      const data = sent === null && mayBeAbsent ? {} : sent;
      if (check(data)) return { value: data };
      // The second pass, which lists every wrong place, runs for bodies that are wrong and small: a large one would make a large list first.
      const first = check.errors ?? [];
      if (!small(data)) return { error: refusal(first, 'body') };
      checkAll ??= explain.compile(schema);
      checkAll(data);
      return { error: refusal(checkAll.errors ?? first, 'body') };
    };
  };
}

function formatted(ajv: Ajv): Ajv {
  addFormats.default(ajv);
  return ajv;
}

/** At most 5,000 values, counted without recursion. */
function small(data: unknown): boolean {
  const open: unknown[] = [data];
  for (let seen = 0; open.length > 0; seen += 1) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const values = Object.values(next);
    if (seen + open.length + values.length > 5000) return false;
    open.push(...values);
  }
  return true;
}

/** @param at where what was checked stands in that part: a pointer, set before each place */
export function refusal(found: readonly ErrorObject[], part: Part, at = ''): Problem {
  const unique = new Map(nearest(found).map((error) => [`${error.keyword}${placeOf(error)}`, error]));
  const places = [...unique.values()].slice(0, maxPlaces).map((error) => told(error, part, at));
  const codes = new Set(places.map((place) => place.code));
  const code = part !== 'body' ? 'bad-request' : codes.size === 1 ? (places[0]?.code ?? 'field-wrong') : 'field-wrong';
  const [first] = places;
  const rest = unique.size > 1 ? ` And ${unique.size - 1} more.` : '';
  return new Problem(code, first === undefined ? undefined : `${first.pointer || 'The whole body'}: ${first.detail}${rest}`, {
    errors: places,
  });
}

/**
 * Of alternatives (anyOf, oneOf) only the one that is nearest to what was sent: the others' errors would ask for fields that nobody meant.
 * An alternative of plain values is told as one sentence.
 */
function nearest(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf');
  let kept = [...errors];
  for (const choice of choices) {
    const prefix = `${choice.schemaPath}/`;
    const branches = new Map<string, ErrorObject[]>();
    for (const error of kept) {
      if (!error.schemaPath.startsWith(prefix) || !error.instancePath.startsWith(choice.instancePath)) continue;
      const branch = error.schemaPath.slice(prefix.length).split('/')[0] ?? '';
      branches.set(branch, [...(branches.get(branch) ?? []), error]);
    }
    const ranked = [...branches.values()].sort((a, b) => distance(a, choice) - distance(b, choice) || a.length - b.length);
    const best = ranked[0] ?? [];
    const wrongValue = best.every(
      (error) => error.instancePath === choice.instancePath && ['const', 'type', 'enum'].includes(error.keyword),
    );
    const all = new Set(ranked.flat());
    kept = kept.filter((error) => error !== choice && !all.has(error));
    kept.push(
      ...(wrongValue ? [{ ...choice, params: { allowedValues: values(ranked.flat()), allowedTypes: types(ranked.flat()) } }] : best),
    );
  }
  return kept;
}

/** Alternatives of another type are farthest. */
function distance(branch: readonly ErrorObject[], choice: ErrorObject): number {
  return branch.some((error) => error.keyword === 'type' && error.instancePath === choice.instancePath) ? 1 : 0;
}

function values(errors: readonly ErrorObject[]): unknown[] {
  return errors.flatMap(({ keyword, params }) => {
    if (keyword === 'const') return [params['allowedValue']];
    if (keyword === 'enum') return params['allowedValues'] as unknown[];
    return [];
  });
}

function types(errors: readonly ErrorObject[]): string[] {
  return errors.filter(({ keyword }) => keyword === 'type').map(({ params }) => String(params['type']));
}

function told(error: ErrorObject, part: Part, at: string): ProblemPlace {
  const { code, detail } = sentence(error);
  return { pointer: `${at}${placeOf(error)}`, ...(part === 'body' ? {} : { in: part }), code, detail };
}

function placeOf(error: ErrorObject): string {
  const name = error.params['additionalProperty'] ?? error.params['missingProperty'];
  return name === undefined ? error.instancePath : `${error.instancePath}/${pointerPart(String(name))}`;
}

/** A name as it stands in a JSON pointer (RFC 6901), at most 100 characters of it, since it may be the client's. */
export function pointerPart(name: string): string {
  return name.toWellFormed().slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What is wrong, never repeating the value: it may be personal. */
function sentence({ keyword, params, message }: ErrorObject): { code: ProblemCode; detail: string } {
  if (keyword === 'additionalProperties') return { code: 'field-unknown', detail: 'This field is not known here.' };
  if (keyword === 'required') return { code: 'field-missing', detail: 'This field is required.' };
  const allowed = (params['allowedValues'] ?? (keyword === 'const' ? [params['allowedValue']] : [])) as unknown[];
  const allowedTypes = (params['allowedTypes'] ?? []) as string[];
  const either = [
    ...new Set([
      ...allowed.map((value) => JSON.stringify(value)),
      ...allowedTypes.filter((type) => allowed.length === 0 || type === 'null'),
    ]),
  ];
  if (either.length > 0) return { code: 'field-wrong', detail: `Must be ${either.join(' or ')}.` };
  if (keyword === 'anyOf' || keyword === 'oneOf')
    return { code: 'field-wrong', detail: 'Must be one of the alternatives described in /openapi.json.' };
  return {
    code: 'field-wrong',
    detail: `${(message ?? 'is wrong').replace(/^./, (letter) => letter.toUpperCase()).replace('NOT', 'not')}.`,
  };
}
