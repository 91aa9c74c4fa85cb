export { answerCall } from './answer.ts';
export { explainBreach } from './explain.ts';
export { repeatCalls } from './repeat.ts';
export { warnOfClocks } from './warn.ts';
