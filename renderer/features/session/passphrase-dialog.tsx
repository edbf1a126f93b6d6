import { PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { core } from '../../app/client.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { DialogForm } from '../../ui/form-dialog.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type PassphraseDialogProps = Readonly<{ opened: boolean; onClose: () => void }>;

/** A new passphrase for the person at the desk, after the present one. */
export function PassphraseDialog({ opened, onClose }: PassphraseDialogProps) {
  const words = useWords();
  return (
    <DialogFrame opened={opened} onClose={onClose} title={words('session.passphrase.title')}>
      <PassphraseForm onClose={onClose} />
    </DialogFrame>
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
    if (next !== '' && next === again) changing.mutate();
  };
  const toggle = { tabIndex: 0, 'aria-label': words('session.passphrase.show') };
  return (
    <DialogForm
      onClose={onClose}
      confirm={words('session.passphrase.change')}
      busy={changing.isPending}
      error={null}
      onSubmit={submit}
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
    </DialogForm>
  );
}
