import type { CoreClient } from '../../electron/host/core.ts';
import type { DocumentId } from '../../shared/kernel/public.ts';
import { nothingKnown, rewrittenTo, type WorkingDraft } from '../../shared/drafting/public.ts';

/** Writes a whole draft as a window does: takes what is there, changes it, gives what is new. */
export async function writeWhole(
  client: CoreClient,
  documentId: DocumentId,
  draft: WorkingDraft,
): Promise<void> {
  const asked = { documentId, client: 1, cursor: null, update: null, have: nothingKnown };
  const { update, have } = await client.drafting.exchange(asked);
  const words = rewrittenTo(draft, update === null ? null : Buffer.from(update, 'base64'));
  await client.drafting.exchange({ ...asked, update: Buffer.from(words).toString('base64'), have });
}
