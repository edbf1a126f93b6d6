import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Incoming } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import type { IncomingAct } from './use-incoming-act.ts';
import '../../ui/dialogs.css';

type LinkReplyDialogProps = Readonly<{ document: Incoming; act: IncomingAct; onClose: () => void }>;

const offered = 300;

/** Names the issued paper that answers this one. */
export function LinkReplyDialog(props: LinkReplyDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('documents.act.linkReply')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <LinkReplyForm {...props} />
    </Modal>
  );
}

function LinkReplyForm({ document, act, onClose }: LinkReplyDialogProps) {
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
  useControlEnter(submit);
  const choices = (data?.rows ?? [])
    .filter(({ id }) => !document.replies.some((reply) => reply === id))
    .map(({ id, notation, subject }) => ({ id, label: notation, note: subject }));
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
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
      {act.error !== null && <Note tone="danger">{act.error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={act.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('documents.act.linkReply')}
        </Button>
      </div>
    </form>
  );
}
