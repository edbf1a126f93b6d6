import { Button, FileInput, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { DirectoryPerson } from '../../directory/public.ts';
import '../../../ui/dialogs.css';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type CertificateDialogProps = Readonly<{ person: DirectoryPerson; onClose: () => void }>;

/** Notes the certificate that somebody signs with, from the file its issuer gave them. */
export function CertificateDialog({ person, onClose }: CertificateDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={words('administration.certificate.title', { name: person.name })}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <CertificateForm person={person} onClose={onClose} />
    </Modal>
  );
}

function CertificateForm({ person, onClose }: CertificateDialogProps) {
  const words = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [asked, setAsked] = useState(false);
  const recording = useMutation({
    mutationFn: async (chosen: File) => {
      const commandId = newCommandId();
      accepted(
        (await core.directory.recordCertificate({ commandId, personId: person.id, file: chosen })).reply,
      );
    },
    onSuccess: () => {
      toast({ text: words('administration.certificate.done', { name: person.name }) });
      onClose();
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (file !== null && !recording.isPending) recording.mutate(file);
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
      <Note>{words('administration.certificate.tell')}</Note>
      <FileInput
        label={words('administration.certificate.file')}
        placeholder={words('outgoing.key.file.placeholder')}
        accept=".cer,.crt,.pem,.der,application/x-x509-user-cert"
        value={file}
        error={asked && file === null ? words('administration.certificate.missing') : null}
        onChange={(chosen) => {
          setFile(chosen);
          recording.reset();
        }}
        {...firstFocus}
      />
      {recording.isError && <Note tone="danger">{sentenceOf(recording.error, words)}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={recording.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('administration.certificate.record')}
        </Button>
      </div>
    </form>
  );
}
