export { createCounter } from './counter.ts';
export * from './questions.ts';
export {
  brake,
  countRules,
  eraseParty,
  insertRule as draftRule,
  keepSamples,
  makeLive,
  propose,
  shadow,
  switchOff,
} from './rule.sql.ts';
export { createRuleCounter, ruleKey } from './rule-counter.ts';
export { insertVerdict as give } from './verdict.sql.ts';
