import { z } from 'zod';
import { DocumentIdSchema, HashSchema, defineCommand, ref, refuse } from '../kernel/public.ts';
import { documentAggregate } from './aggregates.ts';
import { StoredProofSchema } from './model.ts';
import { proofOf, sealedFilesOf } from './proofs.ts';
import { asOutgoing, whyNotOutgoing } from './why-not.ts';

/** Keeps a file that proves a sealed one, which its bytes begin with; the sealed one stays what it is. */
export const prove = defineCommand({
  name: 'documents.prove',
  body: z.object({
    documentId: DocumentIdSchema,
    proof: StoredProofSchema,
    /** What it was made from: the sealed file, or what proved it before. */
    over: HashSchema,
    /** Done by the office on a standing order, with nobody at the desk. */
    byItself: z.boolean(),
  }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, proof, over, byItself }, states }) => {
    const found = states.of(documentAggregate, documentId);
    const not = whyNotOutgoing(found, 'prove');
    if (not !== null) return not;
    const document = asOutgoing(found);
    const isSealed = sealedFilesOf(document).some(({ hash }) => hash === proof.of);
    if (!isSealed) return refuse('documents.unknown-file');
    const newest = proofOf(document, proof.of)?.file.hash ?? proof.of;
    if (over !== newest) return refuse('documents.proven-meanwhile');
    return [{ type: 'documentProven', on: ref('document', documentId), body: { ...proof, byItself } }];
  },
});
