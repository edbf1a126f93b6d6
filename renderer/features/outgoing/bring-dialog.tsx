import { Button, FileInput, Modal } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CircuitStep, Outgoing } from '#shared/documents/public.ts';
import { saveStored } from '../../app/files.ts';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';
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
export function BringDialog(props: BringDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('outgoing.act.bring')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <BringForm {...props} />
    </Modal>
  );
}

function BringForm({ document, step, busy, error, onClose, onBring }: BringDialogProps) {
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
    if (file !== null && !busy) onBring(file);
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
      {error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('outgoing.act.bring')}
        </Button>
      </div>
    </form>
  );
}
