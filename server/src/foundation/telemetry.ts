import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes, Context, ContextManager, Meter } from '@opentelemetry/api';
import { context, metrics, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Log } from './log.ts';
import { errorLine } from './log.ts';

const NAME = 'perisai';

export interface Telemetry {
  /** Sends what is waiting, for 3 s at most, and ends. */
  stop(): Promise<void>;
}

/**
 * Traces and figures to an OpenTelemetry collector, by OTLP over HTTP. Without an endpoint nothing is recorded, and `span` and `meter`
 * cost next to nothing. A collector that can't be reached costs what it would have been told, and nothing else.
 */
export function startTelemetry({ otlpEndpoint, version, log }: { otlpEndpoint?: string; version: string; log: Log }): Telemetry {
  if (otlpEndpoint === undefined) return { stop: async () => undefined };
  const resource = resourceFromAttributes({ 'service.name': NAME, 'service.version': version });
  const timeoutMillis = 3_000;
  const traces = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${otlpEndpoint}/v1/traces`, timeoutMillis }) })],
  });
  const figures = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${otlpEndpoint}/v1/metrics`, timeoutMillis }),
        exportIntervalMillis: 15_000,
        exportTimeoutMillis: timeoutMillis,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncContext().enable());
  trace.setGlobalTracerProvider(traces);
  metrics.setGlobalMeterProvider(figures);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    const ends = await Promise.allSettled([traces.shutdown(), figures.shutdown()]);
    for (const end of ends) if (end.status === 'rejected') log.warn({ err: end.reason }, 'the last telemetry could not be delivered');
    trace.disable();
    metrics.disable();
    context.disable();
  };
  return {
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** The meter for counters and histograms. Attributes are words of closed lists: never ids, never text of people. */
export function meter(): Meter {
  return metrics.getMeter(NAME);
}

/**
 * Runs `work` as a span below the one that is running. An error ends the span as failed, with its type and code: messages may quote people.
 * @param attributes words of closed lists, as for `meter`
 */
export async function span<T>(name: string, work: () => Promise<T>, attributes: Attributes = {}): Promise<T> {
  return trace.getTracer(NAME).startActiveSpan(name, { attributes }, async (running) => {
    try {
      return await work();
    } catch (error) {
      const { type, code } = errorLine(error);
      running.setAttributes({ 'error.type': String(code ?? type) });
      running.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      running.end();
    }
  });
}

/** Carries the running span through `await`: the library's own manager is one class more than this in a package of its own. */
class AsyncContext implements ContextManager {
  #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    within: Context,
    work: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(within, () => work.apply(thisArg, args));
  }

  bind<T>(within: Context, target: T): T {
    if (typeof target !== 'function') return target;
    const bound = (...args: unknown[]) => this.#storage.run(within, () => Reflect.apply(target, undefined, args));
    return bound as T;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#storage.disable();
    return this;
  }
}
