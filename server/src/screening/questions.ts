export type { ScreeningCounter } from './counter.ts';
export { allRules, findRule, findRuleNamed, hitsSince, samplesOf } from './rule.sql.ts';
export { brakeSettings, forEngine, type Rule, ruleTransitions, runsAway } from './rule.ts';
export type { RuleCounter, RuleSample } from './rule-counter.ts';
export { findVerdict as verdictOn } from './verdict.sql.ts';
