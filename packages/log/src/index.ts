export { type Appended, appendLeaves, type TileFile } from './append.ts';
export { decodeBase64, encodeBase64 } from './base64.ts';
export { type Checkpoint, checkpointText, openCheckpoint, openCosignature, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
export { type Commitment, commit, isCommitment, type Opening, openingHolds } from './commitment.ts';
export { bagFiles, bagitText, type ExportSource, mediaFolder } from './export/bag.ts';
export { ExportError, type ExportErrorCode } from './export/failure.ts';
export { type ReadmeFacts, readmeText } from './export/readme.ts';
export { type ExportReport, type VerifyOptions, verifyExport } from './export/verify.ts';
export {
  bagInfoText,
  consistencyText,
  manifestText,
  openingLine,
  proofLine,
  recordLine,
  vkeyText,
  type WrittenFile,
} from './export/write.ts';
export { type InclusionClaim, InclusionVerifier, verifyInclusion } from './inclusion.ts';
export { CanonicalError, type CanonicalErrorCode, canonicalize, type Json, parseCanonical } from './jcs.ts';
export { type ConsistencyClaim, emptyRoot, leafHash, nodeHash, verifyConsistency } from './merkle.ts';
export {
  formatVkey,
  generateLogKey,
  logSigner,
  type Note,
  NoteError,
  type NoteErrorCode,
  type NoteSignature,
  type NoteSigner,
  parseNote,
  parseVkey,
  type VerifierKey,
} from './note.ts';
export { checkLeaf, LeafError, type LeafParty, type LeafRecord, leafBytes } from './record.ts';
export { bundlePath, decodeBundle, encodeBundle, maxRecordBytes, tilePath, tileWidth } from './tile.ts';
export { consistencyProof, inclusionProof, MissingTileError, type Read, rootAt, Tree } from './tree.ts';
export { verifierUrl } from './verifier.ts';
