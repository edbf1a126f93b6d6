import { typeset } from '#shared/node/typesetting/public.ts';
import type { Outgoing } from '#shared/documents/public.ts';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import type { Signed } from '../../host/context.ts';

export async function setPage(signed: Signed, _document: Outgoing, draft: WorkingDraft) {
  return { ...(await typeset(draft, { frozenAt: signed.open.desk.now() })), symbol: 'SKHCN-VP' };
}
