import { checkRule } from '@perisai/screening';
import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import * as decisions from '../../decisions/index.ts';
import type { FieldError } from '../../foundation/html/error-summary.ts';
import { Problem } from '../../foundation/http/problems.ts';
import { form } from '../../foundation/http/schemas.ts';
import type { App } from '../../foundation/http/server.ts';
import { languages } from '../../foundation/i18n/language.ts';
import * as policy from '../../policy/index.ts';
import { makeRuleLiveAlone } from '../../procedure/break-glass/index.ts';
import * as steps from '../../procedure/rules/index.ts';
import * as screening from '../../screening/index.ts';
import { rosterEntry } from '../../staff/index.ts';
import type { Visit } from '../frame.ts';
import { toPutRight } from '../refusal.ts';
import { idOf, right, send, visitOf } from '../visit.http.ts';
import { rulePage, rulesPage } from './rules.ts';
import { words } from './words.ts';
import { ruleFields, type TypedRule, typedRule, verdicts, writingPage } from './write.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });
const word = Type.Optional(Type.String({ maxLength: 100 }));
const body = form(Object.fromEntries(ruleFields.map((name) => [name, Type.Optional(Type.String({ maxLength: 3_000 }))])));
const day = 86_400_000;

/** The rules of screening: written, tried, made to count by a second person, ended by one. */
export function ruleRoutes(desk: App): void {
  const views = { page: true, right: right('rule.view', 'rules') } as const;
  const writes = { page: true, right: right('rule.write', 'rules') } as const;

  desk.get('/desk/rules', { config: views }, async (request, reply) => {
    const visit = visitOf(request);
    const read = await visit.house.db.begin('doors', async (tx) => ({
      rules: await screening.allRules(tx),
      ...(await screening.hitsSince(tx, new Date(visit.now.getTime() - day))),
    }));
    return send(reply, await rulesPage(visit, read));
  });

  const query = Type.Object({ from: word, lang: word });
  desk.get('/desk/rules/new', { config: writes, schema: { querystring: query } }, async (request, reply) => {
    const { from } = request.query as Static<typeof query>;
    const visit = visitOf(request);
    const rules = await visit.house.db.begin('doors', (tx) => screening.allRules(tx));
    const known = rules.find(({ id }) => id === from);
    return write(reply, visit, { typed: known ? typedRule(known) : {}, problems: null });
  });

  desk.post('/desk/rules/new', { config: writes, schema: { body } }, async (request, reply) => {
    const visit = visitOf(request);
    const typed = request.body as TypedRule;
    const say = words(visit.language);
    const when = (typed['when'] ?? '').trim();
    const problems = checkRule(when);
    if (typed['check']) return write(reply, visit, { typed, problems });
    if (problems.length > 0) return write(reply, visit, { typed, problems, errors: [{ field: 'when', message: say('wrong') }] }, 422);
    try {
      const id = await steps.draftRule(visit.house, visit.member, await ruleOf(visit, { ...typed, when }));
      return reply.redirect(`/desk/rules/${id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || !['field-wrong', 'clause-unknown'].includes(error.code)) throw error;
      return write(reply, visit, { typed, problems, errors: [{ field: 'slug', message: say('wrong.form') }] }, error.status);
    }
  });

  desk.get('/desk/rules/:id', { config: views, schema: { params } }, (request, reply) => show(reply, visitOf(request), idOf(request)));

  for (const [act, step] of [
    ['shadow', steps.shadowRule],
    ['propose', steps.proposeRule],
    ['live', steps.makeRuleLive],
    ['alone', makeRuleLiveAlone],
    ['off', steps.switchRuleOff],
  ] as const) {
    const config = act === 'alone' ? ({ page: true, right: right('rule.publish-alone') } as const) : writes;
    desk.post(`/desk/rules/:id/${act}`, { config, schema: { params, body: form({}) } }, async (request, reply) => {
      const visit = visitOf(request);
      const id = idOf(request);
      try {
        await step(visit.house, visit.member, id);
      } catch (error) {
        const said = error instanceof Problem ? refusalOf(error, visit) : null;
        if (!said) throw error;
        return show(reply, visit, id, [said], (error as Problem).status);
      }
      return reply.redirect(`/desk/rules/${id}`, 303);
    });
  }
}

function refusalOf(problem: Problem, { language }: Visit): FieldError | null {
  const say = words(language);
  if (problem.code === 'conflict') return { message: say('wrong.conflict') };
  if (problem.code === 'glass-closed') return { message: say('wrong.glass') };
  if (problem.code === 'rule-wrong') return { message: say('wrong.together') };
  return toPutRight(problem, language);
}

/** What was typed, as a rule; its harm is that of its clause. */
async function ruleOf({ house, now }: Visit, typed: TypedRule): Promise<steps.RuleInput> {
  const clause = (await house.db.begin('doors', (tx) => policy.inForce(tx, now))).clauseOf(typed['clause'] ?? '');
  const verdict = verdicts.find((one) => one === typed['verdict']);
  if (!clause || !verdict) throw new Problem('clause-unknown');
  const texts = (part: string) =>
    Object.fromEntries(
      languages.flatMap((one) => ((typed[`${part}_${one}`] ?? '').trim() === '' ? [] : [[one, typed[`${part}_${one}`]?.trim()]])),
    );
  const { slug = '', when = '' } = typed;
  return { slug: slug.trim(), harm: clause.harm, clause: clause.id, verdict, when, name: texts('name'), why: texts('why') };
}

async function write(
  reply: FastifyReply,
  visit: Visit,
  shown: Omit<Parameters<typeof writingPage>[1], 'guidelines'>,
  status = 200,
): Promise<FastifyReply> {
  const guidelines = await visit.house.db.begin('doors', (tx) => policy.inForce(tx, visit.now));
  return send(reply, await writingPage(visit, { ...shown, guidelines }), status);
}

async function show(
  reply: FastifyReply,
  visit: Visit,
  id: string,
  errors: readonly FieldError[] = [],
  status = 200,
): Promise<FastifyReply> {
  const read = await visit.house.db.begin('doors', async (tx) => {
    const rule = await screening.findRule(tx, id);
    if (!rule) throw new Problem('not-found');
    const { screened, hits } = await screening.hitsSince(tx, new Date(visit.now.getTime() - day));
    return {
      ...{ rule, screened, hits: hits.get(id) ?? 0 },
      guidelines: await policy.inForce(tx, visit.now),
      author: rule.draftedBy === null ? null : ((await rosterEntry(tx, rule.draftedBy))?.name ?? null),
      samples: await screening.samplesOf(tx, id),
      alone: await decisions.actOn(tx, 'rule', id),
      glass: (await decisions.openGlassOf(tx, visit.member.id, visit.now)) !== undefined,
    };
  });
  return send(reply, await rulePage(visit, { ...read, errors }), status);
}
