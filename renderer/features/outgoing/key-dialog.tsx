import { Button, FileInput, Modal, PasswordInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { core } from '../../app/client.ts';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type KeyDialogProps = Readonly<{ use: 'person' | 'seal'; onClose: () => void; children?: ReactNode }>;

/** Brings a key in from a .p12 file: it must open with its PIN and be the one the directory names. */
export function KeyDialog(props: KeyDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words(`outgoing.key.title.${props.use}`)}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <KeyForm {...props} />
    </Modal>
  );
}

function KeyForm({ use, onClose, children }: KeyDialogProps) {
  const words = useWords();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const keeping = useMutation({
    mutationFn: (chosen: File) => core.signing.keepKey({ file: chosen, pin, use }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['signing'] });
      toast({ text: words('outgoing.key.kept') });
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (file !== null && pin !== '' && !keeping.isPending) keeping.mutate(file);
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
      {children}
      <FileInput
        label={words('outgoing.key.file')}
        placeholder={words('outgoing.key.file.placeholder')}
        accept=".p12,.pfx,application/x-pkcs12"
        value={file}
        onChange={setFile}
        error={asked && file === null ? words('outgoing.key.file.missing') : null}
        {...firstFocus}
      />
      <PasswordInput
        label={words('ui.pin.pin')}
        value={pin}
        autoComplete="off"
        visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words('ui.pin.show') }}
        error={asked && pin === '' ? words('ui.pin.needed') : null}
        onChange={(event) => {
          setPin(event.currentTarget.value);
        }}
      />
      {keeping.isError && <Note tone="danger">{sentenceOf(keeping.error, words)}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          loading={keeping.isPending}
          leftSection={<IconKey size="1rem" aria-hidden />}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {words('outgoing.key.keep')}
        </Button>
      </div>
    </form>
  );
}
