export { writeRuleCounts } from './count.ts';
export { followRules, ruleFeed } from './feed.ts';
export { brakeRule, makeRuleLive, makeRuleLiveByAuthor, proposeRule, reviewRuleAlone, shadowRule, switchRuleOff } from './move.ts';
export { draftRule, type RuleInput } from './write.ts';
