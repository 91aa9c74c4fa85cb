import type { Csrf } from '../foundation/http/csrf.ts';
import { Problem } from '../foundation/http/problems.ts';
import { asProblem } from '../foundation/http/refusals.ts';
import type { App } from '../foundation/http/server.ts';
import type { House } from '../procedure/house.ts';
import { accountRoutes } from './account/account.http.ts';
import { unlinkRoutes } from './account/unlink.http.ts';
import { appealRoutes } from './appeal.http.ts';
import { approvalRoutes } from './approvals/approval.http.ts';
import { approvalsRoutes } from './approvals/approvals.http.ts';
import { breakGlassRoutes } from './break-glass/break-glass.http.ts';
import { callRoutes } from './calls/calls.http.ts';
import { bundleRoutes } from './case/bundle.http.ts';
import { caseRoutes } from './case/case.http.ts';
import { mergeRoutes } from './case/merge.http.ts';
import { workRoutes } from './case/work.http.ts';
import { clockRoutes } from './clocks.http.ts';
import { countsRoutes } from './counts.http.ts';
import { deliveryRoutes } from './deliveries/deliveries.http.ts';
import { enforcementRoutes } from './enforcement.http.ts';
import { fileRoutes } from './files/file.http.ts';
import { flaggerRoutes } from './flaggers/flaggers.http.ts';
import { desksOf } from './frame.ts';
import { heldRoutes } from './held/held.http.ts';
import { inquiryPages } from './inquiries/inquiry.http.ts';
import { instructionPages } from './instructions/instruction.http.ts';
import { logInRoutes } from './log-in.http.ts';
import { obligationRoutes } from './obligations/obligations.http.ts';
import { ownRoutes } from './own/own.http.ts';
import { policyRoutes } from './policy/policy.http.ts';
import { queueRoutes } from './queue.http.ts';
import { refusalPage } from './refusal.ts';
import { ruleRoutes } from './rules/rules.http.ts';
import { inviteRoutes } from './second/invite.http.ts';
import { secondRoutes } from './second/second.http.ts';
import { secrecyPages } from './secrecy/secrecy.http.ts';
import { staffRoutes } from './staff.http.ts';
import { admit, send, visitOf } from './visit.http.ts';

/** The pages for the people who work here: in Malay and English, without script, every act a form. */
export function deskPages(app: App, house: House, csrf: Csrf): void {
  app.register(async (desk: App) => {
    admit(desk, house, csrf);
    desk.setErrorHandler(async (error, request, reply) => {
      const problem = asProblem(error, request.routeOptions.bodyLimit);
      // Nobody is logged in: the page of the public's refusals will do.
      if (request.visit === null) throw error;
      if (problem.code === 'internal') request.log.error({ err: error }, 'a staff page failed unforeseen');
      if (problem.retryAfter !== undefined) reply.header('retry-after', String(problem.retryAfter));
      return send(reply, await refusalPage(request.visit, problem, request.id), problem.status);
    });

    logInRoutes(desk, house, csrf);
    secondRoutes(desk, house, csrf);
    for (const routes of [
      queueRoutes,
      caseRoutes,
      fileRoutes,
      workRoutes,
      bundleRoutes,
      mergeRoutes,
      heldRoutes,
      accountRoutes,
      unlinkRoutes,
      approvalsRoutes,
      approvalRoutes,
      appealRoutes,
      inquiryPages,
      instructionPages,
      secrecyPages,
      enforcementRoutes,
      deliveryRoutes,
      clockRoutes,
      callRoutes,
      breakGlassRoutes,
      inviteRoutes,
      flaggerRoutes,
      countsRoutes,
      obligationRoutes,
      policyRoutes,
      ruleRoutes,
      staffRoutes,
      ownRoutes,
    ])
      routes(desk);
    desk.get('/desk', { config: { page: true } }, (request, reply) =>
      reply.redirect(`/desk/${desksOf(visitOf(request).member).find((desk) => desk !== 'calls') ?? 'none'}`, 303),
    );
    desk.get('/desk/*', { config: { page: true } }, () => {
      throw new Problem('not-found');
    });
  });
}
