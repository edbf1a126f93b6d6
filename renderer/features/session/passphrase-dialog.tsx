import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { core } from '../../app/client.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type PassphraseDialogProps = Readonly<{ opened: boolean; onClose: () => void }>;

/** A new passphrase for the person at the desk, after the present one. */
export function PassphraseDialog({ opened, onClose }: PassphraseDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words('session.passphrase.title')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <PassphraseForm onClose={onClose} />
    </Modal>
  );
}

function PassphraseForm({ onClose }: Readonly<{ onClose: () => void }>) {
  const words = useWords();
  const [passphrase, setPassphrase] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const changing = useMutation({
    mutationFn: () => core.session.changePassphrase({ passphrase, newPassphrase: next }),
    onSuccess: () => {
      toast({ text: words('session.passphrase.changed') });
      onClose();
    },
  });
  const submit = (): void => {
    if (!changing.isPending && next !== '' && next === again) changing.mutate();
  };
  useControlEnter(submit);
  const toggle = { tabIndex: 0, 'aria-label': words('session.passphrase.show') };
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PasswordInput
        {...firstFocus}
        label={words('session.passphrase.present')}
        autoComplete="current-password"
        visibilityToggleButtonProps={toggle}
        value={passphrase}
        error={changing.isError ? sentenceOf(changing.error, words) : null}
        onChange={(event) => {
          setPassphrase(event.currentTarget.value);
        }}
      />
      <NewPassphrase value={next} again={again} asked={false} onChange={setNext} onAgain={setAgain} />
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={changing.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('session.passphrase.change')}
        </Button>
      </div>
    </form>
  );
}
