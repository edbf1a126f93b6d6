/** What other rooms of the desk may use of this one. */
export { beginBatch, endBatch, endBatchesOf } from './batches.ts';
export { withSigningKey, type KeyAsked } from './signing-keys.ts';
export { bringSigned } from './bring-signed.ts';
export { checkAtDoor } from './check-at-door.ts';
export { ownerOf, type KeyUse, writeKeyFile } from './key-files.ts';
export { signatureAspect } from './pictures.ts';
export { sealFile, signFile } from './sign-document.ts';
export { signPage } from './sign-page.ts';
export { copyFile } from './copy-document.ts';
export { printCopy } from './print-copy.ts';
export { mustBeSealable } from './seal-attachments.ts';
export { verifyStored } from './signature-report.ts';
export { keepRevocationList, trustOf } from './trust.ts';
export { keepProving } from './proofs/keep-proving.ts';
export { proofsProjection } from './proofs/projection.ts';
export { createProofJob, type ProofJob } from './proofs/proof-job.ts';
