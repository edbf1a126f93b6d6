import { FileInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Note } from '../../../ui/gate.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import type { DirectoryPerson } from '../../directory/public.ts';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type CertificateDialogProps = Readonly<{ person: DirectoryPerson; onClose: () => void }>;

/** Notes the certificate that somebody signs with, from the file its issuer gave them. */
export function CertificateDialog({ person, onClose }: CertificateDialogProps) {
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
    if (file !== null) recording.mutate(file);
  };
  return (
    <FormDialog
      title={words('administration.certificate.title', { name: person.name })}
      confirm={words('administration.certificate.record')}
      onClose={onClose}
      busy={recording.isPending}
      error={recording.isError ? sentenceOf(recording.error, words) : null}
      onSubmit={submit}
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
    </FormDialog>
  );
}
