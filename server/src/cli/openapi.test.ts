import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, expect, test } from 'vitest';
import { scopes } from '../foundation/http/keys.ts';
import { problems } from '../foundation/http/problems.ts';
import { openapiText } from './openapi.ts';

interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}
interface Schema {
  [keyword: string]: unknown;
  examples?: unknown[];
}
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: Record<string, string[]>[];
  requestBody?: { content: Record<string, Media> };
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

let document: Document;
let text: string;
beforeAll(async () => {
  text = await openapiText();
  document = JSON.parse(text) as Document;
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ name: `${method} ${path}`, path, one })),
  );

/** Every schema of the document with its place: parameters, bodies, answers, components. */
function schemas(): { place: string; schema: Schema; media?: Media }[] {
  return [
    ...Object.entries(document.components.schemas).map(([name, schema]) => ({ place: name, schema })),
    ...operations().flatMap(({ name, one }) => [
      ...(one.parameters ?? []).map((parameter) => ({ place: `${name} ${parameter.name}`, schema: parameter.schema })),
      ...Object.values(one.requestBody?.content ?? {}).map((media) => ({ place: `${name} body`, schema: media.schema, media })),
      ...Object.entries(one.responses).flatMap(([status, { content }]) =>
        Object.values(content ?? {}).map((media) => ({ place: `${name} ${status}`, schema: media.schema, media })),
      ),
    ]),
  ];
}

function given({ schema, media }: { schema: Schema; media?: Media }): unknown[] {
  return [
    ...(schema.examples ?? []),
    ...(media?.example === undefined ? [] : [media.example]),
    ...Object.values(media?.examples ?? {}).map(({ value }) => value),
  ];
}

test('server/openapi.json is what the routes say, the same each time', async () => {
  expect(await openapiText()).toBe(text);
  expect(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8'), 'run: npm run openapi').toBe(text);
  expect(document.openapi).toBe('3.1.0');
});

test('every operation has a summary, a known tag and a name of its own', () => {
  const tags = document.tags.map(({ name }) => name);
  for (const { name, one } of operations()) {
    expect(one.summary, name).toMatch(/^[A-Z].{5,}[^.]$/);
    expect(one.tags, name).toHaveLength(1);
    expect(tags, name).toContain(one.tags[0]);
  }
  const names = operations().map(({ one }) => one.operationId);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('postReports');
});

test('every operation of the API names the one scope that opens it, and its refusals by code', () => {
  for (const { name, path, one } of operations().filter(({ path }) => path.startsWith('/v1/'))) {
    const [security] = one.security ?? [];
    expect(Object.keys(security ?? {}), name).toEqual(['serviceKey']);
    expect(scopes, name).toContain(security?.['serviceKey']?.[0]);
    for (const [status, { description, content }] of Object.entries(one.responses).filter(([code]) => Number(code) >= 400)) {
      expect(Object.keys(content ?? {}), `${name} ${status}`).toEqual(['application/problem+json']);
      const codes = [...description.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code as keyof typeof problems);
      expect(codes.length, `${name} ${status}`).toBeGreaterThan(0);
      for (const code of codes) expect(problems[code].status, `${name} ${code}`).toBe(Number(status));
    }
    for (const status of ['401', '403', '429', '500', '503']) expect(Object.keys(one.responses), name).toContain(status);
    if (path.includes('{'))
      expect(
        one.parameters?.some((parameter) => parameter.in === 'path' && parameter.required),
        name,
      ).toBe(true);
  }
});

test('every body and every answer of the API has an example, and every example fits its schema', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  for (const at of schemas()) {
    const check = ajv.compile(JSON.parse(JSON.stringify(at.schema).replaceAll('"#/components', '"document#/components')) as object);
    const examples = given(at);
    // a list is shown by the example of what it lists
    const items = ((at.schema['properties'] as Record<string, Schema> | undefined)?.['items']?.['items'] as Schema | undefined)?.examples;
    if (/\/v1\/.* (body|20\d)$/.test(at.place)) expect(examples.length + (items?.length ?? 0), at.place).toBeGreaterThan(0);
    for (const example of examples) expect(check(example) || check.errors, at.place).toBe(true);
    for (const example of items ?? []) expect(check({ items: [example], next: null }) || check.errors, at.place).toBe(true);
  }
});

test('nothing in it is just anything: every schema says what it takes', () => {
  const vague = schemas().flatMap(({ place, schema }) => anything(schema, place));
  expect(vague).toEqual([]);
});

const saying = ['type', 'enum', 'const', 'anyOf', 'oneOf', 'allOf', '$ref'];

function anything(schema: unknown, place: string): string[] {
  if (schema === true) return [place];
  if (typeof schema !== 'object' || schema === null) return [];
  const one = schema as Record<string, unknown>;
  const below = [
    ...Object.entries((one['properties'] ?? {}) as object),
    ...['items', 'additionalProperties'].filter((keyword) => keyword in one).map((keyword) => [keyword, one[keyword]] as const),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => ((one[keyword] ?? []) as unknown[]).map((part) => [keyword, part] as const)),
  ];
  return [
    ...(saying.some((keyword) => keyword in one) ? [] : [place]),
    ...(one['type'] === 'object' && one['properties'] === undefined && one['additionalProperties'] === undefined ? [`${place}: open`] : []),
    ...below.flatMap(([name, part]) => anything(part, `${place}/${name}`)),
  ];
}
