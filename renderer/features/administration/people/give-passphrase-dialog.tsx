import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonId } from '#shared/kernel/public.ts';
import { core } from '../../../app/client.ts';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { NewPassphrase } from '../../../ui/new-passphrase.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';
import '../../../ui/dialogs.css';

type GivePassphraseProps = Readonly<{
  personId: PersonId;
  name: string;
  /** Offered right after the person was added, and may wait. */
  justAdded: boolean;
  onClose: () => void;
}>;

/** A first or a new passphrase, which the administrator tells the person face to face. */
export function GivePassphraseDialog(props: GivePassphraseProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('administration.passphrase.title', { name: props.name })}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <PassphraseFields {...props} />
    </Modal>
  );
}

function PassphraseFields({ personId, name, justAdded, onClose }: GivePassphraseProps) {
  const words = useWords();
  const client = useQueryClient();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const differs = passphrase !== again;
  const giving = useMutation({
    mutationFn: () => core.directory.givePassphrase({ personId, passphrase }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: directoryKey });
      toast({ text: words('administration.passphrase.done', { name }) });
      onClose();
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (!giving.isPending && passphrase !== '' && !differs) giving.mutate();
  };
  useControlEnter(submit);
  const missing = asked && passphrase === '' ? words('administration.passphrase.missing') : null;
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Note>{words('administration.passphrase.tell', { name })}</Note>
      <NewPassphrase
        value={passphrase}
        again={again}
        asked={asked}
        takesFocus
        error={giving.error === null ? missing : sentenceOf(giving.error, words)}
        onChange={(typed) => {
          setPassphrase(typed);
          giving.reset();
        }}
        onAgain={setAgain}
      />
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words(justAdded ? 'administration.passphrase.later' : 'ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={giving.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('administration.passphrase.give')}
        </Button>
      </div>
    </form>
  );
}
