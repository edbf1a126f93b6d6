import { IconNote } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { nextState, outgoingTransitions, whyNotOutgoing, type Outgoing } from '#shared/documents/public.ts';
import { ask, core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import type { OfferedActions } from './outgoing-actions.tsx';

/** Ghi chú of the register: the clerk's, from the number on. */
export function useNoting(document: Outgoing): OfferedActions {
  const words = useWords();
  const { person } = useMe();
  const [asking, setAsking] = useState(false);
  const isOffered =
    whyNotCall('documents.note', person) === null &&
    nextState(outgoingTransitions, document.state, 'note') !== null;
  if (!isOffered) return { actions: [], dialogs: null };
  const refusal = whyNotOutgoing(document, 'note');
  return {
    actions: [
      {
        id: 'note',
        label: words('documents.act.note'),
        icon: IconNote,
        whyNot: refusal === null ? null : { reason: sentenceOf(refusal, words) },
        run: () => {
          setAsking(true);
        },
      },
    ],
    dialogs: asking && (
      <NoteDialog
        document={document}
        onClose={() => {
          setAsking(false);
        }}
      />
    ),
  };
}

function NoteDialog({ document, onClose }: Readonly<{ document: Outgoing; onClose: () => void }>) {
  const words = useWords();
  const [note, setNote] = useState(document.note ?? '');
  const noting = useMutation({
    mutationFn: () => ask(core.documents.note, { documentId: document.id, note }),
    onSuccess: () => {
      toast({ text: words('documents.noted') });
      onClose();
    },
  });
  return (
    <FormDialog
      title={words('documents.act.note')}
      confirm={words('documents.act.note')}
      onClose={onClose}
      busy={noting.isPending}
      error={noting.error === null ? null : sentenceOf(noting.error, words)}
      onSubmit={() => {
        noting.mutate();
      }}
    >
      <TextField
        label={words('documents.field.note')}
        value={note}
        onChange={setNote}
        rows={2}
        takesFocus
        maxLength={500}
      />
    </FormDialog>
  );
}
