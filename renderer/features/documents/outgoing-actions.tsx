import type { ReactNode } from 'react';
import type { DocumentPage } from '#shared/documents/public.ts';
import type { Action } from '../../ui/action-bar.tsx';
import { useCircuitActs } from '../outgoing/public.ts';
import { useCopying } from './use-copying.tsx';
import { useMailing } from './use-mailing.tsx';

/** What a person may do here, and the dialogs those acts open. */
export type OfferedActions = Readonly<{ actions: readonly Action[]; dialogs: ReactNode }>;

/** The acts on a paper of ours: circuit, signature, number, seal, issue, and copying what is sealed. */
export function useOutgoingActions(page: DocumentPage): OfferedActions {
  return bothOf(bothOf(useCircuitActs(page), useCopying(page)), useMailing(page));
}

export function bothOf(one: OfferedActions, other: OfferedActions): OfferedActions {
  return {
    actions: [...one.actions, ...other.actions],
    dialogs: (
      <>
        {one.dialogs}
        {other.dialogs}
      </>
    ),
  };
}
