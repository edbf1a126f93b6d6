import { useState } from 'react';
import type { Incoming } from '#shared/documents/public.ts';
import { useIssuedChoices } from '../../app/issued-choices.ts';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { IncomingAct } from './use-incoming-act.ts';

type LinkReplyDialogProps = Readonly<{ document: Incoming; act: IncomingAct; onClose: () => void }>;

/** Names the issued paper that answers this one. */
export function LinkReplyDialog({ document, act, onClose }: LinkReplyDialogProps) {
  const words = useWords();
  const [replyId, setReplyId] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const { choices, seek } = useIssuedChoices({ without: document.replies });
  const submit = (): void => {
    setAsked(true);
    if (replyId !== null) act.send({ id: 'linkReply', replyId });
  };
  if (choices === null) return null; // one local call
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
        onSeek={seek}
        placeholder={words('documents.linkReply.placeholder')}
        required
        takesFocus
        error={asked && replyId === null ? words('documents.linkReply.missing') : null}
      />
    </FormDialog>
  );
}
