import { AppError, type DocumentId } from '#shared/kernel/public.ts';
import { whyNotDrafter, whyNotOutgoing, asOutgoing } from '#shared/documents/public.ts';
import { WorkingDraftSchema } from '#shared/drafting/public.ts';
import { signedIn, type Signed } from '../../host/context.ts';
import { execute, runCommand } from '../../host/run-command.ts';
import { readableDocument } from '../documents/public.ts';
import { admitAttachment } from './attachments.ts';
import { setPage } from './set-page.ts';
import { templates } from './templates.ts';
import { keepWorkingCopy, readWorkingCopy } from './working-copies.ts';

const on = signedIn.drafting;

export const draftingHandlers = {
  templates: on.templates.handler(() => ({ templates })),
  workingCopy: on.workingCopy.handler(({ input, context: { signed } }) => {
    readableDocument(signed.open.desk.db, signed.scope, input.documentId);
    const copy = readWorkingCopy(signed.open.desk.db, input.documentId);
    if (copy === null) throw new AppError('drafting.no-draft');
    return copy;
  }),
  keepWorkingCopy: on.keepWorkingCopy.handler(({ input, context: { signed } }) => {
    const { desk } = signed.open;
    mustBeMine(signed, input.documentId);
    const draft = WorkingDraftSchema.parse(input.draft);
    const revision = desk.log.transaction(() =>
      keepWorkingCopy(desk.db, { ...input, draft, at: desk.now() }),
    );
    return { revision };
  }),
  preview: on.preview.handler(async ({ input, context: { signed } }) => {
    const document = readableDocument(signed.open.desk.db, signed.scope, input.documentId);
    const draft = WorkingDraftSchema.parse(input.draft);
    const page = await setPage(signed, asOutgoing(document), draft);
    return { ...signed.exports.keep('ban-xem-truoc.pdf', page.pdf), pages: page.pages };
  }),
  attach: on.attach.handler(async ({ input, context: { signed } }) => {
    mustBeMine(signed, input.documentId);
    const file = await admitAttachment(signed, input.uploadId);
    const body = { documentId: input.documentId, file };
    return { reply: execute(signed, 'drafting.addAttachment', { commandId: input.commandId, body }) };
  }),
  start: on.start.handler(runCommand),
  describe: on.describe.handler(runCommand),
  removeAttachment: on.removeAttachment.handler(runCommand),
  abandon: on.abandon.handler(runCommand),
};

function mustBeMine(signed: Signed, id: DocumentId): void {
  const document = readableDocument(signed.open.desk.db, signed.scope, id);
  const not = whyNotOutgoing(document, 'describe') ?? whyNotDrafter(asOutgoing(document), signed.person);
  if (not !== null) throw new AppError(not.code, not.params);
}
