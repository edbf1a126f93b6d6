import { agencyAggregate, type Agency } from '#shared/directory/public.ts';
import { attachmentsToSend, plainName, type StoredFile } from '#shared/documents/public.ts';
import { AppError, type DocumentId } from '#shared/kernel/public.ts';
import { mailAddressIn, writeMail } from '#shared/node/mail/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readAll } from '../../store/read-state.ts';
import { readableDocument } from './pages.ts';
import { unreachedBy } from './post-register.ts';
import { kindName, shortDay } from './register-cells.ts';

/** More than this, most mailboxes turn away. */
const mostMebibytes = 40;
const mebibyte = 1_048_576;

/**
 * An issued document as a letter for those no network reaches: the sealed page and what goes with it, byte for byte as
 * they were sealed. The clerk sends it with the mail programme at hand.
 */
export async function makeMail(signed: Signed, { documentId }: Readonly<{ documentId: DocumentId }>) {
  const { db, now } = signed.open.desk;
  const document = readableDocument(db, signed.scope, documentId);
  if (document.direction !== 'outgoing' || document.state !== 'issued' || document.number === null) {
    throw new AppError('documents.mail-before-issue');
  }
  const { number, summary, file } = document;
  const recipients = unreachedBy(db, document);
  if (recipients.length === 0) throw new AppError('documents.mail-for-nobody');
  const agencies = readAll(db, agencyAggregate);
  const own = agencies.find((agency) => agency.id === signed.open.desk.agencyId);
  const address = mailAddressIn(own?.contact ?? null);
  if (own === undefined || address === null) throw new AppError('documents.mail-from-nowhere');
  const boxes = recipients.map(({ name }) => ({ name, address: addressOf(agencies, name) }));
  const files = [...(file === null ? [] : [file]), ...attachmentsToSend(document)];
  judgeWeight(files);
  const words = wordsOf('vi');
  const about = {
    kind: kindName(summary.kind),
    notation: number.notation,
    day: shortDay(number.issuedOn),
    subject: summary.subject,
    agency: own.name,
    contact: own.contact ?? '',
    recipients: recipients.map(({ name }) => name).join('; '),
  };
  const attachments = await Promise.all(files.map((one) => attached(signed, one)));
  const bytes = writeMail({
    from: { name: own.name, address },
    to: boxes.flatMap(({ name, address: to }) => (to === null ? [] : [{ name, address: to }])),
    subject: words('mail.subject', about),
    text: words('mail.text', about),
    sentAt: now(),
    id: `${document.id}.${signed.clock.newId()}`,
    attachments,
  });
  const made = signed.exports.keep(`${number.notation.replaceAll('/', '-')}.eml`, bytes);
  return {
    made,
    addressed: boxes.filter(({ address: to }) => to !== null).map(({ name }) => name),
    unaddressed: boxes.filter(({ address: to }) => to === null).map(({ name }) => name),
  };
}

function addressOf(agencies: readonly Agency[], name: string): string | null {
  const known = agencies.find((agency) => plainName(agency.name) === plainName(name));
  return mailAddressIn(known?.contact ?? null);
}

function judgeWeight(files: readonly StoredFile[]): void {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size <= mostMebibytes * mebibyte) return;
  throw new AppError('documents.mail-too-large', { size: Math.ceil(size / mebibyte), limit: mostMebibytes });
}

async function attached({ open: { blobs, shared } }: Signed, { hash, size, name }: StoredFile) {
  shared?.mustBeHere(hash);
  const isPdf = name.toLowerCase().endsWith('.pdf');
  return {
    name,
    type: isPdf ? 'application/pdf' : 'application/octet-stream',
    bytes: await blobs.read(hash, 0, size),
  };
}
