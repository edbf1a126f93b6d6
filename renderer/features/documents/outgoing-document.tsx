import type { DocumentPage, Outgoing } from '#shared/documents/public.ts';
import { DocumentPane } from '../../ui/document-pane.tsx';
import { usePane } from './use-pane.tsx';
import { useOutgoingActions } from './outgoing-actions.tsx';
import { OutgoingFacts } from './outgoing-facts.tsx';

/** A paper of ours on its way from draft to issue. */
export function OutgoingDocument({ page, document }: Readonly<{ page: DocumentPage; document: Outgoing }>) {
  const { shared, ...pane } = usePane(page);
  const { actions, dialogs } = useOutgoingActions(page, document);
  return (
    <>
      <DocumentPane
        {...pane}
        tabs={{ ...shared, facts: <OutgoingFacts document={document} /> }}
        actions={actions}
      />
      {dialogs}
    </>
  );
}
