import { asOutgoing, fieldOf, openSteps } from '#shared/documents/public.ts';
import { AppError, type CommandId, type DocumentId, type StepId } from '#shared/kernel/public.ts';
import { checkAddedSignature } from '#shared/node/pdf-signing/public.ts';
import { whyNotStep } from '#shared/workflow/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { readableDocument } from '../documents/public.ts';

type Brought = Readonly<{ commandId: CommandId; documentId: DocumentId; stepId: StepId; uploadId: string }>;

/** Takes the page back from another agency whose leader has signed it there; then the command that says so. */
export async function bringSigned(signed: Signed, { commandId, documentId, stepId, uploadId }: Brought) {
  const { desk, blobs } = signed.open;
  const document = readableDocument(desk.db, signed.scope, documentId);
  const not = whyNotStep(document, signed.person);
  if (not !== null) throw new AppError(not.code, not.params);
  const { circuit, file } = asOutgoing(document);
  const step = openSteps(circuit).find(({ id }) => id === stepId);
  if (step === undefined || file === null) throw new AppError('workflow.not-your-turn');
  const field = fieldOf(circuit, step);
  if (step.elsewhere === undefined || field === null) throw new AppError('workflow.signed-here');
  const { bytes } = signed.uploads.take(uploadId);
  signed.open.shared?.mustBeHere(file.hash);
  const before = await blobs.read(file.hash, 0, file.size);
  checkAddedSignature({ before, after: bytes, field, at: desk.now() });
  const { hash, size } = await blobs.put(bytes);
  const body = {
    documentId,
    stepId,
    file: { hash, size, name: file.name, pages: file.pages },
    signedOver: file.hash,
  };
  return { reply: execute(signed, 'workflow.takeSigned', { commandId, body }) };
}
