import { AppError, canonicalJson, type CommandId, type DocumentId } from '#shared/kernel/public.ts';
import { asOutgoing, whyNotDrafter, whyNotOutgoing, type Step } from '#shared/documents/public.ts';
import { whyNotAppendices, whyNotCoSigners } from '#shared/drafting/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { readableDocument } from '../documents/public.ts';
import { setPage } from './set-page.ts';
import { workingDraft } from './texts.ts';

type Asked = Readonly<{ commandId: CommandId; documentId: DocumentId; steps: readonly Step[] }>;

/**
 * Freezes a draft: its page is set once, with the fields its circuit needs, and kept by hash together with the draft
 * it was set from; from here on the bytes are what everybody sees and signs (`design.md` 13).
 */
export async function submitDraft(signed: Signed, { commandId, documentId, steps }: Asked) {
  const { desk, blobs, shared } = signed.open;
  const document = readableDocument(desk.db, signed.scope, documentId);
  const not = whyNotOutgoing(document, 'submit') ?? whyNotDrafter(asOutgoing(document), signed.person);
  if (not !== null) throw new AppError(not.code, not.params);
  // What others wrote a moment ago is part of what is submitted.
  if (asOutgoing(document).coWriters?.length) await shared?.evenDraft(documentId);
  const draft = { ...workingDraft(signed.open, documentId), steps: [...steps] };
  const incomplete = whyNotCoSigners(draft.coSigners ?? [], steps) ?? whyNotAppendices(draft);
  if (incomplete !== null) throw new AppError(incomplete.code, incomplete.params);
  const page = await setPage(signed, asOutgoing(document), draft);
  const content = await blobs.put(new TextEncoder().encode(canonicalJson(draft)));
  const { hash, size } = await blobs.put(page.pdf);
  const { kind, template, subject, urgency, dueOn, copies } = draft;
  const recipients = draft.recipients.filter(({ name }) => name.trim() !== '');
  const body = {
    documentId,
    summary: { kind, template, subject, symbol: page.symbol, urgency, dueOn },
    file: { hash, size, name: fileName(page.symbol, subject), pages: page.pages },
    content: content.hash,
    draft: { ...content, name: 'du-thao.json', pages: 0 },
    steps: draft.steps,
    recipients,
    copies,
  };
  const reply = execute(signed, 'workflow.submit', { commandId, body });
  if (reply.ok) signed.open.texts.add({ hash, size });
  return { reply };
}

function fileName(symbol: string, subject: string): string {
  const words = subject
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return `${symbol.replaceAll('/', '-')} ${words}`.slice(0, 120).trim().concat('.pdf');
}
