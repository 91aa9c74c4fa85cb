import { randomInt, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { FastifyRequest } from 'fastify';
import fastify from 'fastify';
import { Webhook } from 'standardwebhooks';
import type { Action } from '../src/perisai.ts';

type Body = Record<string, unknown>;

/** What the outside world does to a request: answers · is down (503) · hears it and loses the answer on the way · never hears it. */
export type Mood = 'answer' | 'down' | 'lose' | 'deaf';

export interface FakePerisai {
  url: string;
  secret: string;
  key: string;
  /** Decides how each request fares; replaced by tests. */
  mood: (request: FastifyRequest) => Mood;
  /** Where webhooks go. */
  hooks: string;
  /** Bodies heard, by route. */
  heard: { screens: Body[]; reports: Body[]; appeals: Body[]; acknowledgements: Acknowledgement[] };
  actions: Map<string, Action & { acknowledged: string | null }>;
  /** Records an action for an item and sends its webhook; `seq` to send an old one, `send: false` to keep it for the reconciliation. */
  act(item: string, act: string, options?: Asked & { send?: boolean }): Promise<Sent>;
  /** Sends any webhook; the same `id` again is a repetition. */
  send(type: string, data: unknown, options?: { id?: string; secret?: string; at?: Date }): Promise<Sent>;
  /** The nth acknowledgement of an action that Perisai heard and could answer, as soon as there is one. */
  acknowledgement(action: string | undefined, nth?: number): Promise<Acknowledgement>;
  /** Resolves when `what` has been heard (again) after this call, answered or not. */
  next(what: 'screen' | 'report' | 'appeal' | 'acknowledgement' | 'pending'): Promise<void>;
  stop(): Promise<void>;
}

/** More about an action: `of` another kind of target than an item, for one `territory`. */
interface Asked {
  seq?: number;
  label?: string;
  decision?: string;
  of?: string;
  territory?: string;
}

export interface Acknowledgement {
  action: string;
  target_seq: number;
  state: string;
}

export interface Sent {
  id: string;
  status: number;
  action: Action | null;
}

const desired: Record<string, string> = {
  'make-inaccessible': 'inaccessible',
  remove: 'removed',
  restore: 'visible',
  label: 'labelled',
  limit: 'limited',
  'age-gate': 'age-gated',
  delist: 'delisted',
  demote: 'demoted',
  'stop-recommending': 'not-recommended',
  disable: 'disabled',
  interrupt: 'interrupted',
  warn: 'warned',
  'restrict-account': 'restricted',
  'suspend-account': 'suspended',
  'terminate-account': 'terminated',
  'reinstate-account': 'active',
};

/** Fields that the API knows; another one is refused, as the real one does. */
const known: Record<string, string[]> = {
  screen: ['item'],
  report: ['item', 'attested', 'harm', 'text', 'language', 'reporter', 'received_at'],
  appeal: ['decision', 'by', 'role', 'text', 'language'],
  acknowledgement: ['target_seq', 'state', 'at'],
  item: ['id', 'kind', 'surface', 'revision', 'author', 'text', 'media', 'parent', 'created_at', 'edited_at', 'url'],
};

/**
 * A Perisai for Warung's tests: the public API as far as Warung uses it, strict about fields, keys and Idempotency-Keys, with signed
 * webhooks. Text with “hadiah” is withheld, with “semak” put to review, everything else allowed.
 */
export async function startFakePerisai(): Promise<FakePerisai> {
  const app = fastify({ forceCloseConnections: true });
  const moods = new WeakMap<FastifyRequest, Mood>();
  const events = new EventEmitter().setMaxListeners(100);
  const answers = new Map<string, { body: string; status: number; answer: Body }>();
  const seqs = new Map<string, number>();
  const reports = new Map<string, Body>();
  const accepted: Acknowledgement[] = [];
  const appealed = new Set<string>();
  const secret = `whsec_${Buffer.from(randomUUID()).toString('base64')}`;

  function strict(body: unknown, kind: string): string | null {
    const extra = Object.keys((body ?? {}) as Body).find((name) => !known[kind]?.includes(name));
    return extra === undefined ? null : `unknown field ${extra}`;
  }

  function problem(status: number, code: string, detail = code): { status: number; answer: Body } {
    return { status, answer: { type: `https://perisai.example/problems/${code}`, title: code, status, detail, code } };
  }

  /** The route's work, once a key. */
  function onceAKey(
    request: FastifyRequest,
    needsKey: boolean,
    work: () => { status: number; answer: Body },
  ): { status: number; answer: Body } {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string') return needsKey ? problem(400, 'idempotency-key-missing') : work();
    const name = `${request.method} ${request.routeOptions.url} ${key}`;
    const body = JSON.stringify(request.body);
    const before = answers.get(name);
    if (before !== undefined) return before.body === body ? before : problem(422, 'idempotency-key-reused');
    const result = work();
    if (result.status < 500) answers.set(name, { body, ...result });
    return result;
  }

  function draft(item: string, act: string, options: Asked = {}): Action {
    const action = randomUUID();
    const seq = options.seq ?? (seqs.get(item) ?? 0) + 1;
    seqs.set(item, Math.max(seq, seqs.get(item) ?? 0));
    const made: Action = {
      action,
      target: options.of === undefined ? { kind: 'item', id: item, revision: '1', surface: 'public-feed' } : { kind: options.of, id: item },
      target_seq: seq,
      do: act,
      label: options.label ?? null,
      desired: desired[act] ?? `${act}-done`,
      territory: options.territory ?? null,
      decision: options.decision ?? randomUUID(),
      acknowledge: `${fake.url}/v1/actions/${action}/acknowledgements`,
    };
    fake.actions.set(action, { ...made, acknowledged: null });
    return made;
  }

  const fake: FakePerisai = {
    url: '',
    secret,
    key: 'psk_test_secret',
    mood: () => 'answer',
    hooks: '',
    heard: { screens: [], reports: [], appeals: [], acknowledgements: [] },
    actions: new Map(),
    async act(item, act, options = {}) {
      const action = draft(item, act, options);
      if (options.send === false) return { id: '', status: 0, action };
      return { ...(await fake.send('action.requested', action)), action };
    },
    async send(type, data, options = {}) {
      const id = options.id ?? `msg_${randomUUID()}`;
      const at = options.at ?? new Date();
      const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
      const answer = await fetch(fake.hooks, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(options.secret ?? secret).sign(id, at, body),
        },
      });
      return { id, status: answer.status, action: null };
    },
    async acknowledgement(action, nth = 1) {
      for (;;) {
        const found = accepted.filter((each) => each.action === action)[nth - 1];
        if (found !== undefined) return found;
        await once(events, 'accepted');
      }
    },
    async next(what) {
      await once(events, what);
    },
    stop: () => app.close(),
  };

  app.addHook('preHandler', async (request, reply) => {
    const mood = fake.mood(request);
    moods.set(request, mood);
    if (mood === 'deaf') {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    if (mood === 'down') {
      events.emit(request.routeOptions.config.what ?? 'unknown');
      return reply.code(503).send(problem(503, 'overloaded').answer);
    }
    if (request.headers.authorization !== `Bearer ${fake.key}`) return reply.code(401).send(problem(401, 'key-unknown').answer);
    return undefined;
  });
  app.addHook('onSend', async (request) => {
    if (moods.get(request) === 'lose') request.raw.socket.destroy();
  });

  app.post<{ Body: { item: Body & { id: string; text?: string } } }>(
    '/v1/screen',
    { config: { what: 'screen' } },
    async (request, reply) => {
      const wrong = strict(request.body, 'screen') ?? strict(request.body.item, 'item');
      const { status, answer } = onceAKey(request, false, () => {
        if (wrong !== null) return problem(400, 'unknown-field', wrong);
        fake.heard.screens.push(request.body);
        const { item } = request.body;
        const text = item.text ?? '';
        if (text.includes('semak')) return { status: 200, answer: { verdict: 'review', target_seq: null, statement: null } };
        if (!text.includes('hadiah')) return { status: 200, answer: { verdict: 'allow', target_seq: null, statement: null } };
        const action = draft(item.id, 'make-inaccessible');
        // The webhook goes its own way; Warung may hear of the action before or after the verdict.
        fake.send('action.requested', action).then(
          () => events.emit('sent'),
          () => events.emit('sent'),
        );
        return {
          status: 200,
          answer: { verdict: 'withhold', target_seq: action.target_seq, statement: `${fake.url}/statement/${action.decision}` },
        };
      });
      events.emit('screen');
      return reply.code(status).send(answer);
    },
  );

  app.post<{ Body: Body & { item: Body } }>('/v1/reports', { config: { what: 'report' } }, async (request, reply) => {
    const wrong = strict(request.body, 'report') ?? strict(request.body.item, 'item');
    const { status, answer } = onceAKey(request, true, () => {
      if (wrong !== null) return problem(400, 'unknown-field', wrong);
      fake.heard.reports.push(request.body);
      const report = randomUUID();
      const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
      reports.set(report, { report, state: 'under-review', outcome: null });
      return {
        status: 201,
        answer: {
          report,
          case: randomUUID(),
          state: 'received',
          acknowledge_by: at(1),
          status_by: at(12),
          answer_by: at(24),
          status_url: `${fake.url}/report/${report}`,
          contact_code: `TEST-${randomInt(1000, 9999)}`,
          pin: String(randomInt(100_000, 999_999)),
        },
      };
    });
    events.emit('report');
    return reply.code(status).send(answer);
  });
  app.get<{ Params: { id: string } }>('/v1/reports/:id', { config: { what: 'status' } }, async (request, reply) => {
    const found = reports.get(request.params.id);
    return found ?? reply.code(404).send(problem(404, 'report-unknown').answer);
  });

  app.post<{ Body: Body }>('/v1/appeals', { config: { what: 'appeal' } }, async (request, reply) => {
    const wrong = strict(request.body, 'appeal');
    const { status, answer } = onceAKey(request, true, () => {
      if (wrong !== null) return problem(400, 'unknown-field', wrong);
      if (appealed.has(String(request.body['decision']))) return problem(409, 'appeal-exists');
      appealed.add(String(request.body['decision']));
      fake.heard.appeals.push(request.body);
      const appeal = randomUUID();
      return {
        status: 201,
        answer: { appeal, state: 'received', answer_by: new Date().toISOString(), status_url: `${fake.url}/appeal/${appeal}` },
      };
    });
    events.emit('appeal');
    return reply.code(status).send(answer);
  });

  app.post<{ Params: { action: string }; Body: { target_seq: number; state: string } }>(
    '/v1/actions/:action/acknowledgements',
    { config: { what: 'acknowledgement' } },
    async (request, reply) => {
      const action = fake.actions.get(request.params.action);
      const wrong = strict(request.body, 'acknowledgement');
      if (wrong !== null) return reply.code(400).send(problem(400, 'unknown-field', wrong).answer);
      if (action === undefined) return reply.code(404).send(problem(404, 'action-unknown').answer);
      const { target_seq, state } = request.body;
      const fits = state === action.desired || state === 'gone';
      action.acknowledged = target_seq > action.target_seq ? 'superseded' : state === 'gone' ? 'moot' : fits ? 'acknowledged' : 'mismatch';
      const heard = { action: action.action, target_seq, state };
      fake.heard.acknowledgements.push(heard);
      events.emit('acknowledgement');
      if (moods.get(request) === 'answer') {
        accepted.push(heard);
        events.emit('accepted');
      }
      return { action: action.action, state: action.acknowledged };
    },
  );

  app.get<{ Querystring: { after?: string } }>('/v1/actions', { config: { what: 'pending' } }, async (request) => {
    const open = [...fake.actions.values()].filter((each) => each.acknowledged === null || each.acknowledged === 'mismatch');
    const from = Number(request.query.after ?? 0);
    events.emit('pending');
    const items = open.slice(from, from + 2).map(({ acknowledged: _, ...action }) => action);
    return { items, next: from + 2 < open.length ? String(from + 2) : null };
  });

  fake.url = await app.listen({ host: '127.0.0.1', port: 0 });
  return fake;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    what?: string;
  }
}
