import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonId } from '#shared/kernel/public.ts';
import { core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Note } from '../../../ui/gate.tsx';
import { NewPassphrase } from '../../../ui/new-passphrase.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';

type GivePassphraseProps = Readonly<{
  personId: PersonId;
  name: string;
  /** Offered right after the person was added, and may wait. */
  justAdded: boolean;
  onClose: () => void;
}>;

/** A first or a new passphrase, which the administrator tells the person face to face. */
export function GivePassphraseDialog({ personId, name, justAdded, onClose }: GivePassphraseProps) {
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
    if (passphrase !== '' && !differs) giving.mutate();
  };
  const missing = asked && passphrase === '' ? words('administration.passphrase.missing') : null;
  return (
    <FormDialog
      title={words('administration.passphrase.title', { name })}
      confirm={words('administration.passphrase.give')}
      cancel={words(justAdded ? 'administration.passphrase.later' : 'ui.dialog.cancel')}
      onClose={onClose}
      busy={giving.isPending}
      error={null}
      onSubmit={submit}
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
    </FormDialog>
  );
}
