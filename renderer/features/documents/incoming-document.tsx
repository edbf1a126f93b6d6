import { useQuery } from '@tanstack/react-query';
import type { DocumentPage, Incoming } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { DocumentPane } from '../../ui/document-pane.tsx';
import { useFiling } from '../dossiers/public.ts';
import { useDeliveryActs } from '../exchange/public.ts';
import { usePane } from './use-pane.tsx';
import { IncomingFacts } from './incoming-facts.tsx';
import { bothOf } from './outgoing-actions.tsx';
import { useCopying } from './use-copying.tsx';
import { useIncomingActions } from './use-incoming-actions.tsx';
import { useTakingOut } from './use-taking-out.tsx';

/** A received paper after its registration: what it says, how it goes, and what may be done with it. */
export function IncomingDocument({ page, document }: Readonly<{ page: DocumentPage; document: Incoming }>) {
  const { shared, ...pane } = usePane(page);
  const { data } = useQuery({
    queryKey: ['document', document.id, 'tasks', page.entryHash],
    queryFn: () => core.workflow.tasks({ documentId: document.id }),
    enabled: document.tasks.length > 0,
  });
  const tasks = data?.tasks ?? [];
  const acts = bothOf(useDeliveryActs(document), useIncomingActions(page, document, tasks));
  const kept = bothOf(useFiling(document), useTakingOut(page));
  const { actions, dialogs } = bothOf(bothOf(acts, useCopying(page)), kept);
  return (
    <>
      <DocumentPane
        {...pane}
        tabs={{ ...shared, facts: <IncomingFacts page={page} document={document} tasks={tasks} /> }}
        actions={actions}
      />
      {dialogs}
    </>
  );
}
