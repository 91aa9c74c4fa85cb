import { createServiceKey, scopes } from '../server/src/foundation/http/keys.ts';
import { createLog } from '../server/src/foundation/log.ts';
import { type Running, startPerisai } from '../server/src/main.ts';
import { defineSurface, registerService } from '../server/src/procedure/setup/service.ts';
import { answerParent } from './child.ts';
import { ownCpuSeconds } from './cpu.ts';
import type { HouseAsked, HouseOpen } from './house.ts';

let running: Running | undefined;

/** Perisai as it is started by default: all roles, every request logged. */
async function open({ databaseUrl, ownerUrl, dataDir }: HouseAsked): Promise<HouseOpen> {
  running = await startPerisai({
    databaseUrl,
    ownerUrl,
    dataDir,
    origin: 'demo/bench',
    publicUrl: 'http://127.0.0.1:8088',
    leaseMinutes: 30,
    log: createLog('info'),
    host: '127.0.0.1',
    port: 0,
  });
  const { house, url } = running;
  await registerService(house, { slug: 'bench', name: 'Bench', languages: ['ms', 'en', 'zh', 'ta'], webhookUrl: null });
  await defineSurface(house, 'bench', {
    slug: 'public-feed',
    type: 'public-feed',
    private: 'no',
    privateReason: 'Anybody can read it.',
    screening: true,
  });
  const { token } = await house.db.begin('doors', (tx) =>
    createServiceKey(tx, house, { service: 'bench', label: 'bench', scopes: [...scopes] }),
  );
  return { url, token };
}

answerParent({ open, cpu: async () => ownCpuSeconds() }, async () => running?.stop());
