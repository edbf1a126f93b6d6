import { documentAggregate } from '#shared/documents/public.ts';
import type { CommandId, DocumentId, Reply } from '#shared/kernel/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import { allGuards, type Guards } from '#shared/sync/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import type { DraftRoom } from '../../store/draft-room.ts';
import { readState } from '../../store/read-state.ts';
import { firstDraft, keepDraft } from './texts.ts';

type Body = Parameters<typeof firstDraft>[1] & Readonly<{ documentId: DocumentId }>;

/** Begins a draft from its template. */
export function startDraft(signed: Signed, input: Readonly<{ commandId: CommandId; body: Body }>): Reply {
  const { desk, drafts } = signed.open;
  const { documentId } = input.body;
  return beginDraft({ db: desk.db, drafts }, documentId, {
    write: () => {
      keepDraft({ drafts }, documentId, firstDraft(signed, input.body));
    },
    decide: () => execute(signed, 'drafting.start', input),
  });
}

type Room = Readonly<{ db: WriteDb; drafts: DraftRoom; guards?: Guards }>;
type Beginning = Readonly<{ write: () => void; decide: () => Reply }>;

/** The first words of a draft are on the disk before anybody can see that it is there, and are written once. */
export function beginDraft(
  { db, drafts, guards = allGuards }: Room,
  document: DocumentId,
  { write, decide }: Beginning,
): Reply {
  const isThere = readState(db, documentAggregate, document) !== null;
  const isBegun = isThere || drafts.read(document) !== null;
  if (!isBegun || !guards['draft-beginning']) write();
  const reply = decide();
  if (!reply.ok && !isThere) drafts.forget(document);
  return reply;
}
