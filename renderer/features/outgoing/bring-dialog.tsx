import { Button, FileInput } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CircuitStep, Outgoing } from '#shared/documents/public.ts';
import { saveStored } from '../../app/files.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type BringDialogProps = Readonly<{
  document: Outgoing;
  step: CircuitStep;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onBring: (file: File) => void;
}>;

/** The page goes to another agency whose leader signs it there, and comes back as a file. */
export function BringDialog({ document, step, busy, error, onClose, onBring }: BringDialogProps) {
  const words = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [asked, setAsked] = useState(false);
  const saving = useMutation({
    mutationFn: async () => {
      if (document.file !== null) await saveStored({ documentId: document.id, ...document.file });
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (file !== null) onBring(file);
  };
  return (
    <FormDialog
      title={words('outgoing.act.bring')}
      confirm={words('outgoing.act.bring')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <p className="dim">
        {words('outgoing.bring.help', {
          name: step.elsewhere?.name ?? '',
          agency: step.elsewhere?.agency ?? '',
        })}
      </p>
      <div>
        <Button
          variant="default"
          loading={saving.isPending}
          leftSection={<IconFileDownload size="1rem" aria-hidden />}
          onClick={() => {
            saving.mutate();
          }}
        >
          {words('outgoing.bring.save')}
        </Button>
      </div>
      <FileInput
        label={words('outgoing.bring.file')}
        placeholder={words('outgoing.bring.file.placeholder')}
        accept=".pdf,application/pdf"
        value={file}
        onChange={setFile}
        error={asked && file === null ? words('outgoing.bring.file.missing') : null}
        {...firstFocus}
      />
      {saving.isError && <Note tone="danger">{sentenceOf(saving.error, words)}</Note>}
    </FormDialog>
  );
}
