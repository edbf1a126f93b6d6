import { documentAggregate } from '#shared/documents/public.ts';
import type { CommandId, DocumentId, Reply } from '#shared/kernel/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';
import { firstDraft, keepDraft } from './texts.ts';

type Body = Parameters<typeof firstDraft>[1] & Readonly<{ documentId: DocumentId }>;

/** Begins a draft: its first words are on the disk before anybody can see that it is there. */
export function startDraft(signed: Signed, input: Readonly<{ commandId: CommandId; body: Body }>): Reply {
  const { open } = signed;
  const { documentId } = input.body;
  const isThere = readState(open.desk.db, documentAggregate, documentId) !== null;
  if (!isThere && open.drafts.read(documentId) === null) {
    keepDraft(open, documentId, firstDraft(signed, input.body));
  }
  const reply = execute(signed, 'drafting.start', input);
  if (!reply.ok && !isThere) open.drafts.forget(documentId);
  return reply;
}
