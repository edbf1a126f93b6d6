import { Button } from '@mantine/core';
import { IconDownload, IconFileCertificate, IconRubberStamp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { DocumentPage, Export, StoredFile } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { exportSource, saveExport } from '../../app/made-file.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Note } from '../../ui/gate.tsx';
import { PdfView } from '../../ui/pdf-view.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { SigningMoment } from '../outgoing/public.ts';
import { useMe } from '../session/public.ts';
import './file-dialog.css';

type SignatureReportActsProps = Readonly<{ page: DocumentPage; file: StoredFile }>;

/** Puts what the panel says on paper: under the agency's seal where a clerk asks, without it for anybody else. */
export function SignatureReportActs({ page, file }: SignatureReportActsProps) {
  const words = useWords();
  const { person } = useMe();
  const { own } = useDirectory();
  const [sealing, setSealing] = useState(false);
  const asked = { documentId: page.document.id, hash: file.hash };
  const unsealed = useMutation({ mutationFn: () => core.signing.report(asked) });
  const sealed = useMutation({
    mutationFn: (how: Readonly<{ pin: string; key: string }>) =>
      core.signing.sealReport({ ...asked, ...how }),
    onSuccess: () => {
      setSealing(false);
    },
  });
  const agency = own?.name ?? '';
  const made = sealed.data ?? unsealed.data;
  return (
    <div className="signature-report-acts">
      {person.roles.includes('clerk') && (
        <ActButton
          label={words('signatures.report.seal')}
          icon={IconRubberStamp}
          second
          run={() => {
            sealed.reset();
            setSealing(true);
          }}
        />
      )}
      <Button
        size="compact-sm"
        variant="default"
        loading={unsealed.isPending}
        leftSection={<IconFileCertificate size="1rem" stroke={1.75} aria-hidden />}
        onClick={() => {
          unsealed.mutate();
        }}
      >
        {words('signatures.report.unsealed')}
      </Button>
      {unsealed.isError && <Note tone="danger">{sentenceOf(unsealed.error, words)}</Note>}
      {sealing && (
        <SigningMoment
          use="seal"
          title={words('signatures.report.seal')}
          documents={[{ id: file.hash, reference: words('signatures.report.title'), title: file.name }]}
          signingAs={words('signatures.report.as', { agency })}
          busy={sealed.isPending}
          error={sealed.isError ? sentenceOf(sealed.error, words) : null}
          onClose={() => {
            setSealing(false);
          }}
          onSign={(pin, key) => {
            sealed.mutate({ pin, key });
          }}
        />
      )}
      {made !== undefined && (
        <ReportDialog
          made={made}
          said={
            made === sealed.data
              ? words('signatures.report.sealed.said', { agency })
              : words('signatures.report.unsealed.said')
          }
          onClose={() => {
            sealed.reset();
            unsealed.reset();
          }}
        />
      )}
    </div>
  );
}

type ReportDialogProps = Readonly<{ made: Export; said: string; onClose: () => void }>;

/** The report as it was made, to look at and to keep. */
function ReportDialog({ made, said, onClose }: ReportDialogProps) {
  const words = useWords();
  const source = useMemo(() => exportSource(made), [made]);
  const saving = useMutation({ mutationFn: () => saveExport(made, 'application/pdf') });
  return (
    <DialogFrame size="64rem" onClose={onClose} title={made.name}>
      <div className="file-dialog">
        <div className="file-dialog-head">
          <span>{said}</span>
          <Button
            size="compact-sm"
            variant="default"
            loading={saving.isPending}
            leftSection={<IconDownload size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              saving.mutate();
            }}
          >
            {words('documents.file.save')}
          </Button>
        </div>
        {saving.isError && <Note tone="danger">{sentenceOf(saving.error, words)}</Note>}
        <div className="file-dialog-page">
          <PdfView key={made.exportId} source={source} label={made.name} />
        </div>
      </div>
    </DialogFrame>
  );
}
