import { z } from 'zod';
import { DocumentIdSchema, HashSchema, defineCommand, ref, refuse } from '../kernel/public.ts';
import { documentAggregate } from './aggregates.ts';
import { StoredProofSchema } from './model.ts';
import { proofOf, signedFilesOf } from './proofs.ts';

/** Keeps a file that proves a signed one, which its bytes begin with; the signed one stays what it is. */
export const prove = defineCommand({
  name: 'documents.prove',
  body: z.object({
    documentId: DocumentIdSchema,
    proof: StoredProofSchema,
    /** What it was made from: the signed file, or what proved it before. */
    over: HashSchema,
    /** Done by the office on a standing order, with nobody at the desk. */
    byItself: z.boolean(),
  }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, proof, over, byItself }, states }) => {
    const document = states.of(documentAggregate, documentId);
    if (document === null) return refuse('documents.unknown');
    const isSigned = signedFilesOf(document).some(({ file }) => file.hash === proof.of);
    if (!isSigned) return refuse('documents.unknown-file');
    // Also of a frozen paper: its own bytes stay, and what proves them has to be renewed in time (NĐ 30 PL6 I.5).
    const newest = proofOf(document, proof.of)?.file.hash ?? proof.of;
    if (over !== newest) return refuse('documents.proven-meanwhile');
    return [{ type: 'documentProven', on: ref('document', documentId), body: { ...proof, byItself } }];
  },
});
