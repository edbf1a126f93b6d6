import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { core } from '../../app/client.ts';
import { useSession } from '../../app/session.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';

type RejoinDialogProps = Readonly<{ opened: boolean; onClose: () => void }>;

/** A new invitation for the desk that is here already: its key is replaced, what was not sent stays. */
export function RejoinDialog({ opened, onClose }: RejoinDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words('sync.rejoin')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <RejoinForm onClose={onClose} />
    </Modal>
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
    if (text.trim() !== '' && !joining.isPending) joining.mutate();
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
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
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={joining.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('sync.rejoin')}
        </Button>
      </div>
    </form>
  );
}
