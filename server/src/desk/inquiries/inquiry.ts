import { badge } from '../../foundation/html/badge.ts';
import { definitionList, said } from '../../foundation/html/blocks.ts';
import { button } from '../../foundation/html/button.ts';
import type { Html, Part } from '../../foundation/html/html.ts';
import { html } from '../../foundation/html/html.ts';
import { dateTime, timeLeft } from '../../foundation/html/times.ts';
import { ownNames } from '../../foundation/i18n/language.ts';
import { may } from '../../staff/index.ts';
import type { InquiryRead } from '../../views/inquiries/inquiry.ts';
import { decisionFacts } from '../case/decided.ts';
import { life } from '../case/life.ts';
import { frame, type Visit } from '../frame.ts';
import { levelOf } from '../queue.ts';
import { harmShort, words as shared, shortCode } from '../words.ts';
import { answerForm } from './answer-form.ts';
import { type InquiryShown, words } from './words.ts';

/** An inquiry: what was asked, the decision it is about, and the answer. What was reported is on the page of the case. */
export function inquiryPage(visit: Visit, read: InquiryRead, shown: InquiryShown): Promise<Html> {
  const { language, now, member } = visit;
  const say = words(language);
  const common = shared(language);
  const { inquiry, asked, case: about } = read;
  const open = inquiry.state === 'received';
  const proposed = about.proposed?.answers?.id === inquiry.id ? about.proposed : null;
  const mayAnswer = !proposed && may(member, 'inquiry.answer', { type: 'inquiry', harm: about.of.harm }).allowed;
  const state = inquiry.outcome === null ? say('waiting') : say(`${inquiry.outcome}.done`);
  return frame(visit, {
    title: say('title', { code: shortCode(inquiry.id) }),
    active: 'inquiries',
    ...(shown.errors ? { errors: shown.errors } : {}),
    body: html`<div class="standing">${badge({ level: levelOf(about.of), word: harmShort(about.of.harm, language) })}${badge({ level: open ? 'low' : 'good', word: state })}${
      open && read.dueAt ? html`<span><span class="quiet">${common('due')}</span> ${timeLeft(now, read.dueAt, language)}</span>` : null
    }<a href="${`/desk/cases/${about.of.id}`}">${say('case', { code: shortCode(about.of.id) })}</a></div>
<div class="stack"><section><h2>${say('asked')}</h2>${read.text === null ? html`<p class="quiet">${say('erased')}</p>` : said(read.text, inquiry.language)}${definitionList(
      [
        [say('from'), html`${common(`side.${inquiry.role}`)}, <span lang="${inquiry.language}">${ownNames[inquiry.language]}</span>`],
        [say('received'), dateTime(inquiry.receivedAt, language)],
      ],
    )}</section>
${asked ? html`<section class="decision"><h2>${say('about')}: ${common(`determination.${asked.determination as 'remove'}`).toLowerCase()}</h2>${decisionFacts(visit, asked, { blind: false })}</section>` : dismissed(visit, read)}
${proposed && html`<p class="notice">${say('proposed')} <a href="${`/desk/approvals/${proposed.id}`}">${say('proposed.see')}</a></p>`}${open ? (mayAnswer ? answerForm(visit, read, shown) : null) : answered(visit, read)}
<section><h2>${say('life')}</h2>${life(visit, about)}</section></div>
${open && mayAnswer ? html`<div class="act">${button({ kind: 'primary', text: say('send'), form: 'answer' })}</div>` : null}`,
  });
}

function dismissed({ language }: Visit, { dismissal }: InquiryRead): Part {
  if (dismissal === null) return null;
  const [say, common] = [words(language), shared(language)];
  const { ground, reason, at, byName } = dismissal;
  return html`<section class="decision"><h2>${say('dismissal')}</h2>${definitionList([
    [say('ground'), common(`ground.${ground}`)],
    reason === null ? null : [say('reason'), said(reason)],
    [say('when'), dateTime(at, language)],
    byName === null ? null : [say('by'), byName],
  ])}</section>`;
}

function answered({ language }: Visit, { inquiry, answer }: InquiryRead): Part {
  const say = words(language);
  return html`<section class="decision"><h2>${say('answer')}: ${say(`${inquiry.outcome ?? 'explained'}.done`).toLowerCase()}</h2>${definitionList(
    [
      answer === null ? null : [say('answer'), said(answer)],
      inquiry.answeredAt ? [say('when'), dateTime(inquiry.answeredAt, language)] : null,
    ],
  )}</section>`;
}
