import type { Span } from '@opentelemetry/api';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

const tracer = trace.getTracer('perisai.http');

/**
 * One span and one log line a request, by the route's pattern: neither holds an id from the path, a query, a body or, unless `addresses`
 * says so, an address. A caller's trace goes on where it is a service's (`traceparent`, W3C); a stranger can't set our sampling.
 */
export function watchRequests(app: FastifyInstance, options: { readonly addresses: boolean }): void {
  const spans = new WeakMap<object, Span>();

  app.addHook('onRequest', (request, _reply, done) => {
    const { config, url } = request.routeOptions;
    const parent = config?.scope === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, request.headers);
    const attributes = { 'http.request.method': request.method, ...(url === undefined ? {} : { 'http.route': url }) };
    const span = tracer.startSpan(`${request.method} ${url ?? '(unknown)'}`, { kind: SpanKind.SERVER, attributes }, parent);
    spans.set(request, span);
    context.with(trace.setSpan(parent, span), done);
  });

  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    const line = {
      ...{ method: request.method, route: request.routeOptions.url ?? '(unknown)', status: reply.statusCode },
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(request.service === null ? {} : { service: request.service.slug }),
      ...(options.addresses ? { address: request.ip } : {}),
    };
    request.log.info(line, 'answered');
  });

  app.addHook('onRequestAbort', async (request) => {
    spans.get(request)?.addEvent('the client went away');
  });
}
