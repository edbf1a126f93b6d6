import { createHash } from 'node:crypto';
import {
  StepSchema,
  asOutgoing,
  whyNotOutgoing,
  whyNotWriter,
  type Outgoing,
  type OutgoingEvent,
} from '#shared/documents/public.ts';
import { readDraft } from '#shared/drafting/public.ts';
import { AppError, canonicalJson, type DocumentId, type PersonId } from '#shared/kernel/public.ts';
import { answerTo, docOf } from '#shared/node/draft-texts/public.ts';
import type { Signed } from '../../host/context.ts';
import type { DraftRoom } from '../../store/draft-room.ts';
import type { Sessions } from '../session/public.ts';
import { readableDocument } from '../documents/public.ts';

/** The draft, for one of its writers; refused to everybody else, and where it takes no such change now. */
export function mustBeWriter(signed: Signed, id: DocumentId, event: OutgoingEvent): Outgoing {
  const document = readableDocument(signed.open.desk.db, signed.scope, id);
  const not = whyNotOutgoing(document, event) ?? whyNotWriter(asOutgoing(document), signed.person);
  if (not !== null) throw new AppError(not.code, not.params);
  return asOutgoing(document);
}

type Asked = Readonly<{
  documentId: DocumentId;
  client: number;
  cursor?: unknown;
  update: string | null;
  have: string;
}>;

/** Takes a window's words in, and gives it everybody else's. */
export function exchange(signed: Signed, asked: Asked) {
  const { drafts, shared } = signed.open;
  mustBeWriter(signed, asked.documentId, 'describe');
  return exchangeWithWindow({ drafts, person: signed.person.id, isAlone: shared === null }, asked);
}

type Room = Readonly<{ drafts: DraftRoom; person: PersonId; isAlone: boolean }>;

export function exchangeWithWindow(
  { drafts, person, isAlone }: Room,
  { documentId, client, cursor, update, have }: Asked,
) {
  if (update !== null) drafts.written(documentId, Buffer.from(update, 'base64'), client);
  drafts.sit(documentId, { person, client, cursor: cursor ?? null });
  const doc = drafts.read(documentId);
  const answered = answerTo(doc ?? docOf([]), Buffer.from(have, 'base64'));
  const standing = drafts.standing(documentId);
  return {
    update: Buffer.from(answered.update).toString('base64'),
    have: Buffer.from(answered.have).toString('base64'),
    others: [...drafts.othersThan(documentId, client)],
    kept: isAlone ? ('alone' as const) : standing === 'even' ? ('recorded' as const) : ('here' as const),
    waits: doc === null,
    late: standing === 'late',
  };
}

type Following = Readonly<{
  signed: Signed;
  sessions: Sessions;
  signal: AbortSignal | undefined;
  documentId: DocumentId;
  client: number;
}>;

/** Says that somebody else wrote, came or went, for as long as the window listens; then it is at the draft no more. */
export async function* follow({
  signed,
  sessions,
  signal,
  documentId,
  client,
}: Following): AsyncGenerator<{ moved: true }, void> {
  const { drafts, shared } = signed.open;
  mustBeWriter(signed, documentId, 'describe');
  let hasMoved = false;
  let isOver = signal?.aborted ?? false;
  let wake: () => void = () => undefined;
  const stop = drafts.follow(documentId, client, () => {
    hasMoved = true;
    wake();
  });
  const over = () => {
    isOver = true;
    wake();
  };
  sessions.onSignOut((key) => {
    if (key === signed.sessionKey) over();
  });
  signal?.addEventListener('abort', over);
  void shared?.evenDraft(documentId);
  try {
    while (!isOver) {
      if (hasMoved) {
        hasMoved = false;
        yield { moved: true };
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop();
    drafts.leave(documentId, client);
  }
}

/** What is written of a paper under way beyond what was submitted (`sync.md` 3.6); null where that is nothing. */
export function unsubmitted(signed: Signed, documentId: DocumentId) {
  const { drafts, desk } = signed.open;
  const document = readableDocument(desk.db, signed.scope, documentId);
  if (document.direction !== 'outgoing' || whyNotWriter(document, signed.person) !== null) return null;
  const late = drafts.standing(documentId) === 'late';
  const doc = drafts.read(documentId);
  if (doc === null || (document.state !== 'circulating' && !late)) return null;
  const draft = readDraft(doc);
  return isAsSubmitted(document, draft) ? null : { draft, late };
}

/** Held-back words join the draft as it is now, or this desk's copy of it goes and the agency's comes. */
export async function settleOwn(
  signed: Signed,
  { documentId, how }: Readonly<{ documentId: DocumentId; how: 'join' | 'drop' }>,
): Promise<void> {
  const { drafts, shared } = signed.open;
  const document = readableDocument(signed.open.desk.db, signed.scope, documentId);
  const not = whyNotWriter(asOutgoing(document), signed.person);
  if (not !== null) throw new AppError(not.code, not.params);
  if (drafts.standing(documentId) !== 'late') return;
  if (how === 'drop') drafts.forget(documentId);
  // They can join only a draft that takes words.
  else if (asOutgoing(document).state === 'draft') drafts.letJoin(documentId);
  else throw new AppError('drafting.not-open');
  await shared?.evenDraft(documentId);
}

function isAsSubmitted({ circuit, versions }: Outgoing, draft: Readonly<Record<string, unknown>>): boolean {
  // The circuit was said when it was submitted, and is no part of what is written.
  const steps = circuit.map((step) => StepSchema.parse(step));
  const bytes = canonicalJson(JSON.parse(JSON.stringify({ ...draft, steps })));
  return createHash('sha256').update(bytes).digest('hex') === versions.at(-1)?.content;
}
