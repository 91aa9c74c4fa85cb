export {
  findByDecision as instructionOf,
  findByReference as instructionByReference,
  findInstruction as instruction,
  listInstructions as register,
} from './instruction.sql.ts';
export { type Instruction, type InstructionKind, type InstructionStep, instructionTransitions, nextSteps, settles } from './instruction.ts';
export { type Receipt, receiptOf, shownAs } from './receipt.ts';
