import type { ReactNode } from 'react';
import type { DocumentPage } from '#shared/documents/public.ts';
import type { Action } from '../../ui/action-bar.tsx';

/** What a person may do here, and the dialogs those acts open. */
export type OfferedActions = Readonly<{ actions: readonly Action[]; dialogs: ReactNode }>;

const nothing: OfferedActions = { actions: [], dialogs: null };

/** The acts on a paper of ours: circuit, signature, number, seal, issue. */
export function useOutgoingActions(_page: DocumentPage): OfferedActions {
  return nothing;
}
