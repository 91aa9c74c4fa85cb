import { type Static, Type } from 'typebox';
import { Problem } from '../foundation/http/problems.ts';
import type { App } from '../foundation/http/server.ts';
import * as policy from '../policy/index.ts';
import type { House } from '../procedure/house.ts';
import { guidelinesPage } from './guidelines.ts';
import { show } from './page.http.ts';

const query = Type.Object({ lang: Type.Optional(Type.String({ maxLength: 20 })) });
const params = Type.Object({ version: Type.String({ maxLength: 20 }) });
const page = { page: true, open: true } as const;

/** What is forbidden here, why, and by when what is owed: the version in force, and every version before and after it. */
export function guidelinePages(app: App, house: House): void {
  const read = (version: string | null) =>
    house.db.begin('doors', async (tx) => {
      const now = house.clock.now();
      const current = await policy.inForce(tx, now);
      const shown = version === null ? current : await policy.named(tx, version);
      const versions = await policy.allVersions(tx);
      // What was withdrawn never bound anybody.
      if (!shown || versions.some((one) => one.policy === version && one.withdrawnAt !== null)) throw new Problem('not-found');
      return { shown, current: current.version, versions, now, lines: await policy.helpLines(tx) };
    });

  app.get('/guidelines', { config: page, schema: { querystring: query } }, async (request, reply) => {
    const found = await read(null);
    return show(request, reply, (language) => ({ title: found.shown.document.title[language], body: guidelinesPage(language, found) }));
  });

  app.get('/guidelines/v/:version', { config: page, schema: { params, querystring: query } }, async (request, reply) => {
    const found = await read((request.params as Static<typeof params>).version);
    return show(request, reply, (language) => ({ title: found.shown.document.title[language], body: guidelinesPage(language, found) }));
  });
}
