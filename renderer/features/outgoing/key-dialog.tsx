import { FileInput, PasswordInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type KeyDialogProps = Readonly<{ use: 'person' | 'seal'; onClose: () => void; children?: ReactNode }>;

/** Brings a key in from a .p12 file: it must open with its PIN and be the one the directory names. */
export function KeyDialog({ use, onClose, children }: KeyDialogProps) {
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
    if (file !== null && pin !== '') keeping.mutate(file);
  };
  return (
    <FormDialog
      title={words(`outgoing.key.title.${use}`)}
      confirm={words('outgoing.key.keep')}
      icon={<IconKey size="1rem" aria-hidden />}
      onClose={onClose}
      busy={keeping.isPending}
      error={keeping.isError ? sentenceOf(keeping.error, words) : null}
      onSubmit={submit}
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
    </FormDialog>
  );
}
