import {
  AppError,
  type CommandId,
  type DocumentId,
  type Refusal,
  type StepId,
} from '#shared/kernel/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import {
  asOutgoing,
  fieldOf,
  numberText,
  openSteps,
  whyNotClerk,
  whyNotOutgoing,
  type StoredFile,
} from '#shared/documents/public.ts';
import { fillTextFields, signField, type SignerKey } from '#shared/node/pdf-signing/public.ts';
import { dateLine } from '#shared/node/typesetting/public.ts';
import { whyNotStep } from '#shared/workflow/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';
import { readableDocument } from '../documents/public.ts';
import { withBatchKey } from './batches.ts';
import { nameOf } from './key-files.ts';
import { pictureFor } from './pictures.ts';
import { attachmentsToSeal, keepSealed, sealEach } from './seal-attachments.ts';
import { withSigningKey } from './signing-keys.ts';
import { stampAtOnce } from './time-stamps.ts';

type Asked = Readonly<{
  commandId: CommandId;
  documentId: DocumentId;
  pin: string;
  /** One of `signing.keys`; without it, the file the office keeps. */
  key?: string | null;
}>;

type StepAsked = Readonly<{ stepId: StepId }> &
  (Asked | (Pick<Asked, 'commandId' | 'documentId'> & Readonly<{ batch: string }>));

/** Puts the signer's own signature, or initials, on the page in circulation; then the command that says so. */
export async function signFile(signed: Signed, asked: StepAsked) {
  const { commandId, documentId, stepId } = asked;
  const document = readableDocument(signed.open.desk.db, signed.scope, documentId);
  mustNot(whyNotStep(document, signed.person));
  const { circuit, file } = asOutgoing(document);
  const step = openSteps(circuit).find(({ id, person }) => id === stepId && person === signed.person.id);
  if (step === undefined || file === null) throw new AppError('workflow.not-your-turn');
  if (step.elsewhere !== undefined) throw new AppError('workflow.signed-elsewhere');
  const field = fieldOf(circuit, step);
  if (field === null) throw new AppError('workflow.step-without-signature');
  const whole = await wholeFile(signed, file);
  const sign = (key: SignerKey): Promise<Uint8Array> =>
    signField({
      pdf: whole,
      field,
      key,
      signedAt: signed.open.desk.now(),
      signerName: signed.person.name,
      appearance: { png: pictureFor(signed, 'person', signed.person.name) },
      ...stampAtOnce(signed),
    });
  const pdf = await ('batch' in asked
    ? withBatchKey(signed, asked.batch, sign)
    : withSigningKey(signed, { use: 'person', pin: asked.pin, key: asked.key ?? null }, sign));
  const kept = await keepFile(signed, pdf, file);
  const body = { documentId, stepId, file: kept, signedOver: file.hash, delegation: step.delegation };
  return { reply: execute(signed, 'workflow.signStep', { commandId, body }) };
}

/**
 * Number and date on the page, then the agency's seal, each an incremental update (`design.md` 13); the seal on every PDF
 * that is filed apart; then the command. Nothing is kept before all of it is signed.
 */
export async function sealFile(signed: Signed, { commandId, documentId, pin, key: chosen = null }: Asked) {
  const document = readableDocument(signed.open.desk.db, signed.scope, documentId);
  mustNot(whyNotClerk(signed.person) ?? whyNotOutgoing(document, 'seal'));
  const { file, number, attachments } = asOutgoing(document);
  if (file === null || number === null) {
    throw new AppError('documents.not-in-state', { state: 'outgoing.signed' });
  }
  const agency = readState(signed.open.desk.db, agencyAggregate, signed.open.desk.agencyId);
  const numbered = fillTextFields({
    pdf: await wholeFile(signed, file),
    values: { number: numberText(number.number), date: dateLine(number.issuedOn) },
  });
  const apart = await attachmentsToSeal(signed, attachments);
  const { pdf, sealed } = await withSigningKey(signed, { use: 'seal', pin, key: chosen }, async (key) => {
    const signerName = agency?.name ?? nameOf(key);
    const at = signed.open.desk.now();
    const page = await signField({
      pdf: numbered,
      field: 'seal',
      key,
      signedAt: at,
      signerName,
      appearance: { png: pictureFor(signed, 'seal', signerName) },
      ...stampAtOnce(signed),
    });
    return {
      pdf: page,
      sealed: await sealEach(apart, {
        key,
        notation: number.notation,
        signerName,
        at,
        stamp: () => stampAtOnce(signed),
      }),
    };
  });
  const fileName = `${number.notation.replaceAll('/', '-')}.pdf`;
  const kept = await keepFile(signed, pdf, { name: fileName, pages: file.pages });
  const { notation, issuedOn } = number;
  const apartSealed = await keepSealed(signed, sealed);
  const body = { documentId, file: kept, attachments: apartSealed, stamped: { notation, issuedOn } };
  const reply = execute(signed, 'documents.seal', { commandId, body });
  // The page has another hash than when it was submitted, and is found by what stands on it under this one.
  if (reply.ok) signed.open.texts.add(kept);
  return { reply };
}

async function wholeFile(
  { open }: Signed,
  { hash, size }: Pick<StoredFile, 'hash' | 'size'>,
): Promise<Uint8Array> {
  open.shared?.mustBeHere(hash);
  return open.blobs.read(hash, 0, size);
}

async function keepFile({ open }: Signed, pdf: Uint8Array, like: { name: string; pages: number }) {
  const { hash, size } = await open.blobs.put(pdf);
  return { hash, size, name: like.name, pages: like.pages };
}

function mustNot(refusal: Refusal | null): void {
  if (refusal !== null) throw new AppError(refusal.code, refusal.params);
}
