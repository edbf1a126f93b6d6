import { IconHash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentPage, Incoming } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { DocumentPane } from '../../ui/document-pane.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDeliveryActs } from '../exchange/public.ts';
import { usePane } from './use-pane.tsx';
import { RegistrationPanel } from './registration-panel.tsx';
import { useIncomingAct } from './use-incoming-act.ts';
import { useRegistration } from './use-registration.ts';

type ArrivedDocumentProps = Readonly<{
  page: DocumentPage;
  document: Incoming;
  takesFocus: boolean;
  onRegistered: (id: DocumentId) => void;
}>;

/** A paper that has come and waits for the clerk: its page, and the registration beside it. */
export function ArrivedDocument({ page, document, takesFocus, onRegistered }: ArrivedDocumentProps) {
  const words = useWords();
  const { shared, ...pane } = usePane(page);
  const registration = useRegistration(document, onRegistered);
  const [refusing, setRefusing] = useState(false);
  const act = useIncomingAct(page, () => {
    setRefusing(false);
    onRegistered(document.id);
  });
  const delivery = useDeliveryActs(document, () => {
    onRegistered(document.id);
  });
  return (
    <>
      <DocumentPane
        {...pane}
        tabs={{
          ...shared,
          facts: (
            <RegistrationPanel
              page={page}
              document={document}
              registration={registration}
              takesFocus={takesFocus}
            />
          ),
        }}
        actions={[
          {
            id: 'register',
            label: words('documents.act.register'),
            icon: IconHash,
            keys: 'Ctrl+Enter',
            busy: registration.busy,
            run: registration.submit,
          },
          ...delivery.actions,
          // What came over the network goes back there, with a reason the sender is told.
          ...(document.origin === undefined
            ? [
                {
                  id: 'refuse',
                  label: words('documents.act.refuse'),
                  icon: IconX,
                  danger: true,
                  run: () => {
                    act.reset();
                    setRefusing(true);
                  },
                },
              ]
            : []),
        ]}
      />
      {delivery.dialogs}
      <ReasonDialog
        opened={refusing}
        onClose={() => {
          setRefusing(false);
        }}
        title={words('documents.act.refuse')}
        text={words('documents.ask.refuse')}
        confirm={words('documents.act.refuse')}
        danger
        busy={act.busy}
        error={act.error}
        onConfirm={(reason) => {
          act.send({ id: 'refuse', reason });
        }}
      />
    </>
  );
}
