import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { core } from '../../app/client.ts';
import { useSession } from '../../app/session.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { DialogForm } from '../../ui/form-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';

type RejoinDialogProps = Readonly<{ opened: boolean; onClose: () => void }>;

/** A new invitation for the desk that is here already: its key is replaced, what was not sent stays. */
export function RejoinDialog({ opened, onClose }: RejoinDialogProps) {
  const words = useWords();
  return (
    <DialogFrame opened={opened} onClose={onClose} title={words('sync.rejoin')}>
      <RejoinForm onClose={onClose} />
    </DialogFrame>
  );
}

function RejoinForm({ onClose }: Readonly<{ onClose: () => void }>) {
  const words = useWords();
  const { signOut } = useSession();
  const [text, setText] = useState('');
  const joining = useMutation({
    mutationFn: () => core.sync.rejoin({ text: text.trim() }),
    onSuccess: signOut,
  });
  const submit = (): void => {
    if (text.trim() !== '') joining.mutate();
  };
  return (
    <DialogForm
      onClose={onClose}
      confirm={words('sync.rejoin')}
      busy={joining.isPending}
      error={null}
      onSubmit={submit}
    >
      <p>{words('sync.rejoin.text')}</p>
      <CodeField
        label={words('session.join.invitation')}
        placeholder={words('session.join.invitation.begins')}
        rows={4}
        value={text}
        error={joining.isError ? sentenceOf(joining.error, words) : null}
        onChange={(typed) => {
          setText(typed);
          joining.reset();
        }}
      />
    </DialogForm>
  );
}
