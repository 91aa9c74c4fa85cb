export { advance, insertInstruction as receive, markAnswered as answer, markCarriedOut as carryOut } from './instruction.sql.ts';
export * from './questions.ts';
