import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import type { FastifyContextConfig, FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { ProblemCode } from './problems.ts';
import { problems } from './problems.ts';

/** An OpenAPI 3.1 document, as plain JSON. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

interface Operation {
  operationId?: string;
  tags?: string[];
  security?: unknown[];
  description?: string;
  parameters?: unknown[];
  responses?: Record<string, unknown>;
  requestBody?: unknown;
}

const general: readonly ProblemCode[] = ['bad-request', 'rate-limited', 'internal', 'unavailable'];
const withBody: readonly ProblemCode[] = [
  'body-malformed',
  'field-unknown',
  'field-missing',
  'field-wrong',
  'body-too-large',
  'media-type-unsupported',
];
const withScope: readonly ProblemCode[] = ['unauthorised', 'forbidden-scope'];
const withKey: readonly ProblemCode[] = ['idempotency-key-reused', 'idempotency-running'];

const tags = [
  { name: 'screening', description: 'A verdict before publishing' },
  { name: 'reports', description: 'What somebody is owed an answer to' },
  { name: 'accounts', description: 'Where an account stands, and by what it is known' },
  { name: 'actions', description: 'What is to happen on the platform, and that it happened' },
  { name: 'deliveries', description: 'Every try of every webhook, and having one sent again' },
  { name: 'decisions', description: 'Statements of reasons' },
  { name: 'appeals', description: 'Another person looks again' },
  { name: 'instructions', description: 'What the regulator asks, and the receipt for it' },
  { name: 'inquiries', description: 'A person answers in writing why' },
  { name: 'operation', description: 'For the operator' },
  { name: 'counts', description: 'How many people use what' },
];

/**
 * `/openapi.json`, written from the routes themselves: schemas, scope, Idempotency-Key and every refusal with its code. To be registered
 * before the routes; pages are left out.
 */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  const configs = new Map<string, FastifyContextConfig>();
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat())
      configs.set(`${method.toLowerCase()} ${route.url.replace(/:(\w+)/g, '{$1}')}`, route.config ?? {});
  });
  await app.register(swagger as unknown as FastifyPluginAsync<Record<string, unknown>>, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Perisai',
        version,
        description:
          'Bodies are strict: unknown fields and other types are refused by name and place. Every refusal is `application/problem+json`; branch on `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags,
      components: {
        securitySchemes: {
          serviceKey: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'psk_<id>_<secret>',
            description: 'A key of the service, with the scope that the operation names',
          },
        },
        schemas: { Problem: problemSchema },
      },
    },
    transform: ({ schema, url, route }: { schema?: object; url: string; route: { config?: FastifyContextConfig } }) => ({
      schema: route.config?.page ? { ...schema, hide: true } : { ...schema },
      url,
    }),
    transformObject: ({ openapiObject }: { openapiObject: { paths?: Record<string, Record<string, Operation>> } }) => {
      for (const [path, operations] of Object.entries(openapiObject.paths ?? {})) {
        for (const [method, operation] of Object.entries(operations))
          complete(operation, nameOf(method, path), configs.get(`${method} ${path}`) ?? {});
      }
      return openapiObject;
    },
  });
  app.get('/openapi.json', { config: { open: true }, schema: { hide: true } }, async () => openapiDocument(app));
}

/** The document of all routes, after `app.ready()`. Ends up in `server/openapi.json`. */
export function openapiDocument(app: FastifyInstance): OpenApiDocument {
  return (app as unknown as { swagger(): OpenApiDocument }).swagger();
}

function complete(operation: Operation, name: string, config: FastifyContextConfig): void {
  const { scope, idempotent } = config;
  operation.operationId = name;
  if (scope !== undefined) {
    operation.security = [{ serviceKey: [scope] }];
    operation.description = [operation.description, `Scope: \`${scope}\`.`].filter(Boolean).join('\n\n');
  }
  if (idempotent !== undefined) {
    const schema = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' };
    const description = 'The same key and request within 7 days get the same answer, and nothing happens twice.';
    operation.parameters = [
      ...(operation.parameters ?? []),
      { in: 'header', name: 'Idempotency-Key', required: idempotent === 'required', schema, description },
    ];
  }
  const codes = [
    ...(config.always ? [] : general),
    ...(operation.requestBody === undefined ? [] : withBody),
    ...(scope === undefined ? [] : withScope),
    ...(idempotent === undefined ? [] : withKey),
    ...(idempotent === 'required' ? (['idempotency-key-missing'] as const) : []),
    ...(config.problems ?? []),
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => String(problems[code].status));
  operation.responses ??= {};
  for (const [status, response] of Object.entries(operation.responses) as [string, { description?: string }][])
    if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? status;
  for (const [status, those] of [...byStatus].sort()) {
    operation.responses[status] ??= {
      description: those.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
}

/** `POST /v1/actions/{action}/acknowledgements` → `postActionsByActionAcknowledgements`: what generated clients call their methods. */
function nameOf(method: string, path: string): string {
  const words = path
    .replace(/^\/v1\//, '/')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/^\{(.)(.*)\}$/, (_, first: string, rest: string) => `By${first.toUpperCase()}${rest}`));
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(problems) },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        additionalProperties: false,
        properties: {
          pointer: { type: 'string', description: 'JSON pointer (RFC 6901) to what is wrong' },
          in: { type: 'string', enum: ['query', 'path'], description: 'Where the pointer begins, if not in the body' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
    requestId: { type: 'string' },
  },
  examples: [
    {
      type: 'https://trust.warung.example/problems/field-unknown',
      title: problems['field-unknown'].title,
      status: 400,
      detail: '/item/titel: This field is not known here.',
      code: 'field-unknown',
      errors: [{ pointer: '/item/titel', code: 'field-unknown', detail: 'This field is not known here.' }],
      requestId: '01936f2a-7c1e-7b3a-9d52-8f1c2f3b4a5d',
    },
  ],
};
