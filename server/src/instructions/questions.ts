export {
  findByDecision as instructionOf,
  findByReference as instructionByReference,
  findInstruction as instruction,
  listInstructions as register,
} from './instruction.sql.ts';
export { type Instruction, type InstructionKind, instructionTransitions, nextSteps } from './instruction.ts';
