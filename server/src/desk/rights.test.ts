import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, type TestDesk, type Visitor } from '../../test/desk.ts';
import { createCsrf } from '../foundation/http/csrf.ts';
import { createServer } from '../foundation/http/server.ts';
import { silentLog } from '../foundation/log.ts';
import { seedPeople } from '../procedure/staff/seed.ts';
import { ruleOf } from '../staff/access.ts';
import { type Action, type StaffRole, staffRoles } from '../staff/questions.ts';
import { deskPages } from './desk.http.ts';

let desk: TestDesk;
let routes: readonly { readonly method: string; readonly url: string; readonly action: Action | null; readonly open: boolean }[];
const people = new Map<string, Visitor>();

beforeAll(async () => {
  desk = await openDesk({ seed: 'rights' });
  for (const role of staffRoles) people.set(role, await desk.logIn(loginOf(role)));
  routes = await registered();
});
afterAll(() => desk.close());

/** The first of the seeded people who has this role and no other. */
function loginOf(role: StaffRole): string {
  return seedPeople.find(({ roles }) => roles.length === 1 && roles[0] === role)?.login ?? `nobody is a ${role}`;
}

/** Every route of the staff pages, with the row of the permission table that it says it stands behind. */
async function registered() {
  const found: { method: string; url: string; action: Action | null; open: boolean }[] = [];
  const app = await createServer({
    publicUrl: desk.url,
    version: '0',
    log: silentLog,
    ids: desk.house.ids,
    db: desk.house.db,
    resolveKey: async () => null,
    checks: {},
  });
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) {
      if (one !== 'HEAD' && url.startsWith('/desk')) {
        found.push({ method: one, url, action: config?.right?.action ?? null, open: config?.open === true });
      }
    }
  });
  deskPages(app, desk.house, createCsrf({ secret: desk.house.random.bytes(32), publicUrl: desk.url, random: desk.house.random }));
  await app.ready();
  await app.close();
  return found;
}

const nobody = '01900000-0000-7000-8000-000000000000';
/** What a form must at least hold to be read. */
const filled: Readonly<Record<string, Record<string, string>>> = {
  '/desk/own/password': { old: '', fresh: '' },
  '/desk/own/recovery-codes': { password: '' },
  '/desk/staff': { name: '', login: '' },
  '/desk/flaggers': { name: '', service: '', account: '', reason: '' },
  '/desk/policy/import': { text: '' },
  '/desk/policy/confirm': { version: '' },
  '/desk/policy/withdraw': { version: '' },
};

/** Written down once more by hand: a route that stood behind the wrong row would agree with itself. */
const expected: Readonly<Record<string, Action>> = {
  'GET /desk/queue': 'queue.view',
  'GET /desk/queue/desks': 'queue.view',
  'POST /desk/queue/next': 'case.claim',
  'GET /desk/cases/:id': 'case.view',
  'POST /desk/cases/:id/reveal': 'material.view',
  'GET /desk/cases/:id/files/:revision/:place': 'material.view',
  'POST /desk/cases/:id/claim': 'case.claim',
  'POST /desk/cases/:id/release': 'case.claim',
  'POST /desk/cases/:id/hide': 'case.withhold',
  'POST /desk/cases/:id/decide': 'case.decide',
  'POST /desk/cases/:id/preview': 'case.decide',
  'GET /desk/accounts/:id': 'account.view',
  'POST /desk/accounts/:id/keep': 'account.view',
  'POST /desk/accounts/:id/terminate': 'account.view',
  'POST /desk/accounts/:id/terminate-alone': 'account.view',
  'POST /desk/accounts/:id/unlink': 'account.unlink',
  'GET /desk/cases/:id/bundle': 'case.view',
  'POST /desk/cases/:id/bundle/gather': 'case.hand-over',
  'POST /desk/cases/:id/bundle/take-out': 'case.hand-over',
  'POST /desk/cases/:id/bundle/decide': 'case.decide',
  'POST /desk/cases/:id/bundle/preview': 'case.decide',
  'GET /desk/cases/:id/merge': 'case.view',
  'POST /desk/cases/:id/merge': 'case.hand-over',
  'POST /desk/cases/:id/unmerge': 'case.hand-over',
  'POST /desk/cases/:id/note': 'case.note',
  'POST /desk/cases/:id/hand-over': 'case.hand-over',
  'POST /desk/cases/:id/raise': 'case.hand-over',
  'POST /desk/cases/:id/park': 'case.park',
  'POST /desk/cases/:id/take-up': 'case.park',
  'POST /desk/cases/:id/dismiss': 'report.dismiss',
  'GET /desk/approvals': 'approvals.view',
  'GET /desk/approvals/:id': 'approvals.view',
  'POST /desk/approvals/:id/reveal': 'approvals.view',
  'POST /desk/approvals/:id/settle': 'approvals.view',
  'POST /desk/approvals/:id/cancel': 'approvals.view',
  'GET /desk/appeals': 'appeals.view',
  'GET /desk/appeals/:id': 'appeals.view',
  'POST /desk/appeals/:id/reveal': 'appeals.view',
  'POST /desk/appeals/:id/decide': 'appeals.view',
  'GET /desk/inquiries': 'inquiries.view',
  'GET /desk/inquiries/:id': 'inquiries.view',
  'POST /desk/inquiries/:id/answer': 'inquiries.view',
  'GET /desk/instructions': 'instructions.view',
  'POST /desk/instructions': 'instruction.register',
  'GET /desk/instructions/:id': 'instructions.view',
  'GET /desk/instructions/:id/receipt': 'instructions.view',
  'POST /desk/instructions/:id/advance': 'instruction.register',
  'GET /desk/secrecy': 'secrecies.view',
  'POST /desk/cases/:id/secrecy': 'secrecy.impose',
  'POST /desk/secrecy/:id/lift': 'secrecy.impose',
  'GET /desk/enforcement': 'enforcement.view',
  'GET /desk/deliveries': 'enforcement.view',
  'POST /desk/deliveries/:id/replay': 'delivery.replay',
  'GET /desk/clocks': 'clocks.view',
  'POST /desk/clocks/explain': 'clock.explain',
  'GET /desk/approvals/:id/invite': 'second.invite',
  'POST /desk/approvals/:id/invite': 'second.invite',
  'POST /desk/approvals/:id/withdraw': 'second.withdraw',
  'GET /desk/calls': 'calls.view',
  'GET /desk/break-glass': 'break-glass.view',
  'POST /desk/break-glass': 'break-glass.open',
  'POST /desk/break-glass/:id/close': 'break-glass.close',
  'POST /desk/break-glass/:id/decide': 'break-glass.open',
  'POST /desk/break-glass/:id/review': 'proposal.settle',
  'POST /desk/break-glass/acts/:id/review': 'policy.review',
  'POST /desk/calls/:id/answer': 'call.answer',
  'GET /desk/counts': 'counts.view',
  'GET /desk/obligations': 'obligations.view',
  'GET /desk/flaggers': 'flaggers.manage',
  'POST /desk/flaggers': 'flaggers.manage',
  'POST /desk/flaggers/:id/propose': 'flaggers.manage',
  'POST /desk/flaggers/:id/suspend': 'flaggers.manage',
  'POST /desk/flaggers/:id/accept': 'flagger.settle',
  'POST /desk/flaggers/:id/refuse': 'flagger.settle',
  'POST /desk/flaggers/:id/withdraw': 'flagger.withdraw',
  'POST /desk/held/:id/undo': 'decision.undo',
  'GET /desk/policy': 'policy.view',
  'POST /desk/policy': 'policy.write',
  'POST /desk/policy/import': 'policy.write',
  'POST /desk/policy/confirm': 'policy.write',
  'POST /desk/policy/withdraw': 'policy.write',
  'GET /desk/policy/:id': 'policy.view',
  'GET /desk/policy/:id/clause': 'policy.write',
  'POST /desk/policy/:id/clause': 'policy.write',
  'POST /desk/policy/:id/remove': 'policy.write',
  'POST /desk/policy/:id/renew': 'policy.write',
  'POST /desk/policy/:id/drop': 'policy.write',
  'POST /desk/policy/:id/review': 'policy.write',
  'POST /desk/policy/:id/publish': 'policy.write',
  'POST /desk/policy/:id/alone': 'policy.write',
  'GET /desk/rules': 'rule.view',
  'GET /desk/rules/new': 'rule.write',
  'POST /desk/rules/new': 'rule.write',
  'GET /desk/rules/:id': 'rule.view',
  'POST /desk/rules/:id/shadow': 'rule.write',
  'POST /desk/rules/:id/propose': 'rule.write',
  'POST /desk/rules/:id/live': 'rule.write',
  'POST /desk/rules/:id/alone': 'rule.publish-alone',
  'POST /desk/rules/:id/off': 'rule.write',
  'GET /desk/own': 'own.manage',
  'POST /desk/own/password': 'own.manage',
  'POST /desk/own/recovery-codes': 'own.manage',
  'POST /desk/own/end-others': 'own.manage',
  'POST /desk/staff/:id/reset': 'staff.manage',
  'GET /desk/staff': 'staff.manage',
  'POST /desk/staff': 'staff.manage',
  'POST /desk/staff/:id/roles': 'staff.manage',
  'POST /desk/staff/:id/disable': 'staff.manage',
};

describe('every route of the staff pages', () => {
  test('stands behind a row of the permission table, but for the ways in and out', () => {
    const behind = routes.flatMap(({ method, url, action }) => (action === null ? [] : [[`${method} ${url}`, action]]));
    expect(Object.fromEntries(behind)).toEqual(expected);
    expect(routes.filter(({ action }) => action === null).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /desk/log-in',
      'POST /desk/log-in',
      'POST /desk/log-out',
      'GET /desk/second/:id',
      'POST /desk/second/:id/enter',
      'POST /desk/second/:id/reveal',
      'GET /desk/second/:id/files/:revision/:place',
      'POST /desk/second/:id/settle',
      'GET /desk',
      'GET /desk/*',
    ]);
  });

  test('leads to the log-in page without a session', async () => {
    for (const { method, url, open } of routes) {
      if (open) continue;
      const path = url.replace(':id', nobody).replace('*', 'x');
      const answer = await (method === 'GET' ? desk.visitor().get(path) : desk.visitor().post(path, filled[url]));
      expect([method, url, answer.status, answer.headers.get('location')]).toEqual([
        method,
        url,
        303,
        expect.stringMatching(/^\/desk\/log-in\?next=/),
      ]);
    }
  });

  test.each(staffRoles)('answers a %s as the table says', async (role) => {
    const somebody = people.get(role) as Visitor;
    for (const { method, url, action } of routes) {
      if (action === null) continue;
      const path = url.replace(':id', nobody);
      const answer = await (method === 'GET' ? somebody.get(path) : somebody.post(path, filled[url]));
      const allowed = ruleOf(action).roles.includes(role);
      expect([role, method, url, answer.status === 403 ? 'refused' : 'let in']).toEqual([
        role,
        method,
        url,
        allowed ? 'let in' : 'refused',
      ]);
      if (!allowed) expect(await answer.text()).toContain('Your role does not cover this');
    }
  });

  test.each(staffRoles)('is in the rail of a %s where they may open it, and nowhere else', async (role) => {
    const somebody = people.get(role) as Visitor;
    const first = (await somebody.get('/desk')).headers.get('location') as string;
    const links = [...(await somebody.page(first)).matchAll(/<li><a href="(\/desk\/[a-z-]+)"/g)].map((found) => found[1] as string);
    for (const url of [
      '/desk/queue',
      '/desk/approvals',
      '/desk/appeals',
      '/desk/inquiries',
      '/desk/instructions',
      '/desk/secrecy',
      '/desk/break-glass',
      '/desk/enforcement',
      '/desk/clocks',
      '/desk/calls',
      '/desk/obligations',
      '/desk/policy',
      '/desk/rules',
      '/desk/staff',
    ]) {
      expect([role, url, links.includes(url)]).toEqual([role, url, (await somebody.get(url)).status === 200]);
    }
    // Calls stand first in the rail; the way in leads to the work.
    expect(links.find((url) => url !== '/desk/calls')).toBe(first);
  });
});

test('an address that nobody knows has a page of its own, with the rail on it', async () => {
  const somebody = people.get('moderator') as Visitor;
  for (const path of ['/desk/nowhere', '/desk/cases/not-an-id', `/desk/cases/${nobody}`]) {
    const answer = await somebody.get(path);
    const text = await answer.text();
    expect([path, answer.status, text.includes('There is nothing at this address'), text.includes('href="/desk/queue"')]).toEqual([
      path,
      404,
      true,
      true,
    ]);
  }
});
