import { useQuery } from '@tanstack/react-query';
import { IconSignatureOff } from '@tabler/icons-react';
import { useState } from 'react';
import { provenFileOf, type DocumentPage } from '#shared/documents/public.ts';
import type { DocumentId, Hash } from '#shared/kernel/public.ts';
import type { SignatureReport } from '#shared/signing/public.ts';
import { core } from '../../app/client.ts';
import { fixedRoot } from '../../app/follow-changes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListFailed, ListLoading } from '../../ui/list-states.tsx';
import { ProofMark } from '../../ui/marks.tsx';
import { Stack } from '../../ui/gate.tsx';
import { useWords } from '../../ui/use-words.ts';
import { FileDialog } from './file-dialog.tsx';
import { proofOf } from './proof-of.ts';
import { SignatureReportActs } from './signature-report.tsx';
import { SignatureReasons, SignatureSaid } from './signature-said.tsx';
import './signatures-panel.css';

/** What checking the signatures of a file says; the same bytes are checked once. */
export function useSignatureReport(documentId: DocumentId, hash: Hash | null) {
  return useQuery({
    queryKey: [fixedRoot, hash, 'signatures', documentId],
    queryFn: async () => (hash === null ? null : core.signing.verify({ documentId, hash })),
    enabled: hash !== null,
  });
}

/** Who signed, for which agency, when, and what changed after, in plain words. */
export function SignaturesPanel({ page }: Readonly<{ page: DocumentPage }>) {
  const words = useWords();
  const { document } = page;
  const [shown, setShown] = useState<SignatureReport | null>(null);
  const file = provenFileOf(document);
  const report = useSignatureReport(document.id, file?.hash ?? null);
  if (file === null) {
    return <EmptyState icon={IconSignatureOff} title={words('signatures.noFile')} />;
  }
  if (report.isError) return <ListFailed error={report.error} retry={() => void report.refetch()} />;
  if (report.data === undefined || report.data === null) {
    return <ListLoading label={words('signatures.checking')} />;
  }
  const { signatures, verdict, reasons } = report.data;
  // A file that could not be read has no signatures either, but is not an unsigned one.
  if (verdict === 'unsigned') {
    return (
      <EmptyState
        icon={IconSignatureOff}
        title={words('verdict.unsigned')}
        help={words(
          document.direction === 'incoming' ? 'signatures.none.incoming' : 'signatures.none.outgoing',
        )}
      />
    );
  }
  return (
    <Stack>
      <ProofMark proof={proofOf(verdict)} label={words(`signatures.whole.${verdict}`)} />
      <SignatureReasons reasons={reasons} />
      <ol className="signatures">
        {signatures.map((signature) => (
          <li key={`${signature.field} ${signature.signedBytes ?? ''}`}>
            <SignatureSaid
              signature={signature}
              all={signatures}
              onShow={() => {
                setShown(signature);
              }}
            />
          </li>
        ))}
      </ol>
      <SignatureReportActs page={page} file={file} />
      {shown?.signedBytes !== undefined && shown.signedBytes !== null && (
        <FileDialog
          documentId={document.id}
          file={{
            hash: file.hash,
            size: shown.signedBytes,
            name: words('signatures.revision.name', {
              name: file.name.replace(/\.pdf$/iu, ''),
              signer: shown.signer,
            }),
          }}
          head={<span>{words('signatures.revision.said', { signer: shown.signer })}</span>}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </Stack>
  );
}
