import { asOutgoing } from '#shared/documents/public.ts';
import { WorkingDraftSchema } from '#shared/drafting/public.ts';
import { signedIn } from '../../host/context.ts';
import { execute, runCommand } from '../../host/run-command.ts';
import { readableDocument } from '../documents/public.ts';
import { admitAttachment } from './attachments.ts';
import { startDraft } from './start.ts';
import { setPage } from './set-page.ts';
import { templates } from './templates.ts';
import { exchange, follow, mustBeWriter, settleOwn, unsubmitted } from './writing.ts';

const on = signedIn.drafting;

export const draftingHandlers = {
  templates: on.templates.handler(() => ({ templates })),
  exchange: on.exchange.handler(({ input, context: { signed } }) => exchange(signed, input)),
  follow: on.follow.handler(({ input, context: { signed, sessions }, signal }) =>
    follow({ ...input, signed, sessions, signal }),
  ),
  unsubmitted: on.unsubmitted.handler(({ input, context: { signed } }) =>
    unsubmitted(signed, input.documentId),
  ),
  settleOwn: on.settleOwn.handler(async ({ input, context: { signed } }) => {
    await settleOwn(signed, input);
    return { ok: true as const };
  }),
  preview: on.preview.handler(async ({ input, context: { signed } }) => {
    const document = readableDocument(signed.open.desk.db, signed.scope, input.documentId);
    const draft = WorkingDraftSchema.parse(input.draft);
    const page = await setPage(signed, asOutgoing(document), draft);
    return { ...signed.exports.keep('ban-xem-truoc.pdf', page.pdf), pages: page.pages };
  }),
  attach: on.attach.handler(async ({ input, context: { signed } }) => {
    mustBeWriter(signed, input.documentId, 'describe');
    const file = await admitAttachment(signed, input.uploadId);
    const body = { documentId: input.documentId, file };
    return { reply: execute(signed, 'drafting.addAttachment', { commandId: input.commandId, body }) };
  }),
  start: on.start.handler(({ input, context: { signed } }) => startDraft(signed, input)),
  nameCoWriters: on.nameCoWriters.handler(runCommand),
  describe: on.describe.handler(runCommand),
  removeAttachment: on.removeAttachment.handler(runCommand),
  abandon: on.abandon.handler(runCommand),
};
