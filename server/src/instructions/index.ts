export {
  advance,
  insertInstruction as receive,
  markAnswered as answer,
  markCarriedOut as carryOut,
  noteReceiptSent as noteSent,
} from './instruction.sql.ts';
export * from './questions.ts';
