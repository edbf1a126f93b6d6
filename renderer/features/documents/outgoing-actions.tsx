import type { ReactNode } from 'react';
import type { DocumentPage, Outgoing } from '#shared/documents/public.ts';
import type { Action } from '../../ui/action-bar.tsx';
import { useFiling } from '../dossiers/public.ts';
import { useDispatchActs } from '../exchange/public.ts';
import { useCircuitActs } from '../outgoing/public.ts';
import { useCopying } from './use-copying.tsx';
import { useMailing } from './use-mailing.tsx';
import { useNoting } from './use-noting.tsx';
import { useTakingOut } from './use-taking-out.tsx';

/** What a person may do here, and the dialogs those acts open. */
export type OfferedActions = Readonly<{ actions: readonly Action[]; dialogs: ReactNode }>;

/** The acts on a paper of ours: circuit, signature, number, seal, issue, sending, mailing, and copying what is sealed. */
export function useOutgoingActions(page: DocumentPage, document: Outgoing): OfferedActions {
  const circuit = bothOf(useCircuitActs(page), useDispatchActs(document));
  const more = bothOf(useCopying(page), useMailing(page));
  const kept = bothOf(bothOf(useNoting(document), useFiling(document)), useTakingOut(page));
  return bothOf(bothOf(circuit, more), kept);
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
