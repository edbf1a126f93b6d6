import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Incoming } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { IncomingAct } from './use-incoming-act.ts';

type LinkReplyDialogProps = Readonly<{ document: Incoming; act: IncomingAct; onClose: () => void }>;

const offered = 300;

/** Names the issued paper that answers this one. */
export function LinkReplyDialog({ document, act, onClose }: LinkReplyDialogProps) {
  const words = useWords();
  const [replyId, setReplyId] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const { data } = useQuery({
    queryKey: ['documents', 'outgoing', 'issued'],
    queryFn: () =>
      core.documents.outgoing({ offset: 0, limit: offered, states: ['issued'], year: null, text: '' }),
  });
  const submit = (): void => {
    setAsked(true);
    if (replyId !== null) act.send({ id: 'linkReply', replyId });
  };
  const choices = (data?.rows ?? [])
    .filter(({ id }) => !document.replies.some((reply) => reply === id))
    .map(({ id, notation, subject }) => ({ id, label: notation, note: subject }));
  return (
    <FormDialog
      title={words('documents.act.linkReply')}
      confirm={words('documents.act.linkReply')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={submit}
    >
      <p>{words('documents.ask.linkReply')}</p>
      <Combo
        label={words('documents.linkReply.which')}
        choices={choices}
        value={replyId}
        onChange={setReplyId}
        placeholder={words('documents.linkReply.placeholder')}
        required
        takesFocus
        error={asked && replyId === null ? words('documents.linkReply.missing') : null}
      />
    </FormDialog>
  );
}
