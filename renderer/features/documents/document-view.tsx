import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useShortcut } from '../../ui/commands.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { ArrivedDocument } from './arrived-document.tsx';
import { IncomingDocument } from './incoming-document.tsx';
import { OutgoingDocument } from './outgoing-document.tsx';

type DocumentViewProps = Readonly<{
  id: DocumentId;
  /** The registration form takes the focus as soon as it is there. */
  takesFocus?: boolean;
  /** Goes to the next paper that waits for its registration. */
  onRegistered?: (id: DocumentId) => void;
}>;

/** One document of either direction, as this person may see and handle it. */
export function DocumentView({ id, takesFocus = false, onRegistered }: DocumentViewProps) {
  const words = useWords();
  const { has } = useMe();
  const [registeredOne, setRegisteredOne] = useState(false);
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['document', id],
    queryFn: () => core.documents.page({ documentId: id }),
  });
  useShortcut({ keys: 'Escape', label: words('documents.backToList'), run: focusList });
  if (isError && data === undefined) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  const { document } = data;
  if (document.direction === 'outgoing') return <OutgoingDocument key={id} page={data} document={document} />;
  if (document.state === 'arrived' && has('clerk')) {
    return (
      <ArrivedDocument
        key={id}
        page={data}
        document={document}
        takesFocus={takesFocus || registeredOne}
        onRegistered={(registered) => {
          setRegisteredOne(true);
          onRegistered?.(registered);
        }}
      />
    );
  }
  return <IncomingDocument key={id} page={data} document={document} />;
}

function focusList(): void {
  document.querySelector<HTMLElement>('.dense-list')?.focus();
}
