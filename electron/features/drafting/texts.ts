import * as Y from 'yjs';
import { documentAggregate, type Outgoing } from '#shared/documents/public.ts';
import { WorkingDraftSchema, readDraft, rewrittenTo, type WorkingDraft } from '#shared/drafting/public.ts';
import { AppError, type DocumentId } from '#shared/kernel/public.ts';
import type { Signed } from '../../host/context.ts';
import { readState } from '../../store/read-state.ts';
import type { OpenDesk } from '../session/public.ts';
import { templates } from './templates.ts';

type Room = Pick<OpenDesk, 'drafts'>;

/** No window: what the office writes by itself. */
const byItself = 0;

/** The draft as the page is set from it; `drafting.no-draft` when nothing of it is here. */
export function workingDraft({ drafts }: Room, document: DocumentId): WorkingDraft {
  const doc = drafts.read(document);
  const read = doc === null ? null : WorkingDraftSchema.safeParse(readDraft(doc));
  if (read?.success !== true) throw new AppError('drafting.no-draft');
  return read.data;
}

/** Writes a whole draft, over what is there of it. */
export function keepDraft({ drafts }: Room, document: DocumentId, draft: WorkingDraft): void {
  const before = drafts.read(document);
  drafts.written(document, rewrittenTo(draft, before && Y.encodeStateAsUpdate(before)), byItself);
}

type Begun = Readonly<Pick<Outgoing, 'summary' | 'repliesTo'>>;

/**
 * What a draft begins with: its template, and whom it answers. Written once, where the draft is begun: two beginnings of
 * one draft would stand there twice when they merge.
 */
export function firstDraft({ open }: Signed, { summary, repliesTo }: Begun): WorkingDraft {
  const { kind, template: id, subject, urgency, dueOn } = summary;
  const template = templates.find((one) => one.id === id);
  const asked = repliesTo === null ? null : readState(open.desk.db, documentAggregate, repliesTo);
  const asker = asked?.direction === 'incoming' ? (asked.fields?.issuer ?? '') : '';
  const askers = asker === '' ? [] : [asker];
  return {
    kind,
    template: id,
    subject,
    urgency,
    dueOn,
    addressees: askers,
    bases: template?.bases ?? [],
    body: template?.body ?? { type: 'doc', content: [{ type: 'paragraph' }] },
    recipients: askers.map((name) => ({ name, kind: 'agency' })),
    copies: 1,
    steps: [],
  };
}
