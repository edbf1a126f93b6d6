import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionView } from '#shared/exchange/public.ts';
import { ask, core } from '../../../app/client.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { connectionsKey } from './connections-key.ts';
import '../../../ui/dialogs.css';
import './connections.css';

type CompareDialogProps = Readonly<{ peer: ConnectionView; onClose: () => void }>;

/**
 * Two administrators compare one code over the telephone: each types what the other reads, so that nobody in between can
 * stand in for either. The own code is shown only when it is asked for, for reading it out.
 */
export function CompareDialog(props: CompareDialogProps) {
  const words = useWords();
  return (
    <DialogFrame
      onClose={props.onClose}
      size="34rem"
      title={words('connections.compare.title', { name: props.peer.name })}
    >
      <CompareForm {...props} />
    </DialogFrame>
  );
}

function CompareForm({ peer, onClose }: CompareDialogProps) {
  const words = useWords();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const isMet = peer.state === 'met';
  const confirming = useMutation({
    mutationFn: () => ask(core.exchange.confirmPeer, { peerId: peer.id, code: typed.trim() }),
    onSuccess: async ({ waits }) => {
      const key = waits === true ? 'connections.confirm.waits' : 'connections.confirmed';
      toast({ text: words(key, { name: peer.name }) });
      await client.invalidateQueries({ queryKey: connectionsKey });
      onClose();
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (isMet && typed.trim() !== '' && !confirming.isPending) confirming.mutate();
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{words('connections.compare.text', { name: peer.name })}</p>
      <OwnCode code={peer.code ?? ''} />
      {isMet && (
        <TextField
          label={words('connections.theirs')}
          hint={words('connections.theirs.hint')}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            confirming.reset();
          }}
          maxLength={60}
          required
          takesFocus
          error={asked && typed.trim() === '' ? words('connections.theirs.missing') : null}
        />
      )}
      {confirming.isError && <Note tone="danger">{sentenceOf(confirming.error, words)}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words(isMet ? 'ui.dialog.cancel' : 'ui.dialog.close')}
        </Button>
        {isMet && (
          <Button type="submit" loading={confirming.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
            {words('connections.confirm')}
          </Button>
        )}
      </div>
    </form>
  );
}

function OwnCode({ code }: Readonly<{ code: string }>) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  if (!shown) {
    return (
      <div>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setShown(true);
          }}
        >
          {words('connections.show')}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <p className="dim">{words('connections.ours')}</p>
      <p className="pair-code figures">{code}</p>
    </div>
  );
}
