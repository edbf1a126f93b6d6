import type { DocumentPage } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { askedOf, keptAs } from '../../store/whereabouts.ts';
import { signedIn, type Signed } from '../../host/context.ts';
import { askCommand, runCommand } from '../../host/run-command.ts';
import { remindersFor } from '../meetings/public.ts';
import { inboxCounts, waitedForBy, waitingFor } from '../workflow/public.ts';
import { withoutGuessedNumber, documentPage, fileOf, readableDocument } from './pages.ts';
import { openLetter, receiveFile } from '../intake/public.ts';
import { lineageOf } from './lineage.ts';
import { makeMail } from './make-mail.ts';
import { printFile } from './print-file.ts';
import { fileTextOf } from './projection.ts';
import { exportRegister } from './register-files.ts';
import { registerRows } from './registers.ts';
import { listDocuments } from './rows.ts';

const on = signedIn.documents;

export const documentsHandlers = {
  inbox: on.inbox.handler(({ input: { side, ...window }, context: { signed } }) => {
    const { db } = signed.open.desk;
    const asked = { ...window, today: signed.today };
    if (side === 'waiting') return waitedForBy(db, signed.person, asked);
    return waitingFor(db, signed.person, { ...asked, reminders: remindersFor(signed) });
  }),
  counts: on.counts.handler(({ context: { signed } }) =>
    inboxCounts(signed.open.desk.db, signed.person, {
      today: signed.today,
      reminders: remindersFor(signed),
    }),
  ),
  incoming: on.incoming.handler(({ input, context: { signed } }) =>
    listDocuments(signed.open.desk.db, signed.scope, 'incoming', input),
  ),
  outgoing: on.outgoing.handler(({ input, context: { signed } }) =>
    listDocuments(signed.open.desk.db, signed.scope, 'outgoing', input),
  ),
  page: on.page.handler(({ input, context: { signed } }) => pageFor(signed, input.documentId)),
  lineage: on.lineage.handler(({ input, context: { signed } }) =>
    lineageOf(signed.open.desk.db, signed.scope, input.documentId),
  ),
  readFile: on.readFile.handler(async ({ input, context: { signed } }) => {
    const document = readableDocument(signed.open.desk.db, signed.scope, input.documentId);
    const { hash, size } = fileOf(document, input.hash);
    signed.open.shared?.mustBeHere(hash);
    const bytes = await signed.open.blobs.read(hash, input.offset, input.length);
    return { bytes: new Blob([new Uint8Array(bytes)]), size };
  }),
  fileText: on.fileText.handler(({ input, context: { signed } }) => {
    const document = readableDocument(signed.open.desk.db, signed.scope, input.documentId);
    const { hash } = fileOf(document, input.hash);
    return { text: fileTextOf(signed.open.desk.db, hash) };
  }),
  printFile: on.printFile.handler(({ input, context: { signed } }) => printFile(signed, input)),
  register: on.register.handler(({ input, context: { signed } }) =>
    registerRows(signed.open.desk.db, { ...input, today: signed.today }),
  ),
  exportRegister: on.exportRegister.handler(({ input, context: { signed } }) =>
    exportRegister(signed, input),
  ),
  readExport: on.readExport.handler(({ input, context: { signed } }) => {
    const { bytes, size } = signed.exports.read(input.exportId, input.offset, input.length);
    return { bytes: new Blob([new Uint8Array(bytes)]), size };
  }),
  beginUpload: on.beginUpload.handler(({ input, context: { signed } }) => ({
    uploadId: signed.uploads.begin(input.name, input.size),
  })),
  appendUpload: on.appendUpload.handler(async ({ input, context: { signed } }) => {
    signed.uploads.append(input.uploadId, input.offset, new Uint8Array(await input.bytes.arrayBuffer()));
    return { uploadId: input.uploadId };
  }),
  receiveFile: on.receiveFile.handler(({ input, context: { signed } }) => receiveFile(signed, input)),
  openLetter: on.openLetter.handler(({ input, context: { signed } }) => openLetter(signed, input)),
  makeMail: on.makeMail.handler(({ input, context: { signed } }) => makeMail(signed, input)),
  refuseIncoming: on.refuseIncoming.handler(runCommand),
  registerIncoming: on.registerIncoming.handler(runCommand),
  correctRegistration: on.correctRegistration.handler(runCommand),
  number: on.number.handler(askCommand),
  issue: on.issue.handler(runCommand),
  note: on.note.handler(runCommand),
  voidCopy: on.voidCopy.handler(runCommand),
};

function pageFor({ open: { desk, shared }, scope }: Signed, id: DocumentId): DocumentPage {
  const page = documentPage(desk.db, scope, id);
  if (shared === null) return { ...page, kept: 'alone', asked: null };
  return { ...withoutGuessedNumber(page), kept: keptAs(desk.db, id), asked: askedOf(desk.db, id) };
}
