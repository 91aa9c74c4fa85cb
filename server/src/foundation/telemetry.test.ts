import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from './log.ts';
import { meter, span, startTelemetry, type Telemetry } from './telemetry.ts';

let collector: Server | undefined;
let telemetry: Telemetry | undefined;
const received: { path: string; body: string }[] = [];

afterEach(async () => {
  await telemetry?.stop();
  collector?.close();
  received.length = 0;
});

async function collect(): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      received.push({ path: request.url ?? '', body: String(request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes) });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  collector = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('telemetry', () => {
  it('sends spans, one inside the other, and figures, when it stops at the latest', async () => {
    telemetry = startTelemetry({ otlpEndpoint: await collect(), version: '0.0.0', log: silentLog });
    meter().createCounter('reports').add(3, { outcome: 'taken' });
    expect(await span('outer', () => span('inner', async () => 7), { pool: 'doors' })).toBe(7);
    await telemetry.stop();
    const sent = received.find(({ path }) => path === '/v1/traces')?.body ?? '{}';
    const spans = JSON.parse(sent).resourceSpans[0].scopeSpans[0].spans as { name: string; spanId: string; parentSpanId?: string }[];
    const named = Object.fromEntries(spans.map((one) => [one.name, one]));
    expect(named['inner']?.parentSpanId).toBe(named['outer']?.spanId);
    expect(received.find(({ path }) => path === '/v1/metrics')?.body).toContain('"reports"');
  });

  it('says of an error its code, and not its words', async () => {
    telemetry = startTelemetry({ otlpEndpoint: await collect(), version: '0.0.0', log: silentLog });
    const error = Object.assign(new Error('Aminah is not known'), { code: 'E_UNKNOWN' });
    await expect(
      span('failing', async () => {
        throw error;
      }),
    ).rejects.toBe(error);
    await telemetry.stop();
    const sent = received.find(({ path }) => path === '/v1/traces')?.body ?? '';
    expect(sent).toContain('E_UNKNOWN');
    expect(sent).not.toContain('Aminah');
  });

  it('does its work all the same without a collector, or with one that is away', async () => {
    expect(await span('alone', async () => 1)).toBe(1);
    telemetry = startTelemetry({ otlpEndpoint: 'http://127.0.0.1:9', version: '0.0.0', log: silentLog });
    expect(await span('unheard', async () => 2)).toBe(2);
    await telemetry.stop();
    await startTelemetry({ version: '0.0.0', log: silentLog }).stop();
  });
});
