import { Button, Modal, UnstyledButton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { StoredFile } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { maxBlobBytes } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { Note } from '../../ui/gate.tsx';
import { ProofMark } from '../../ui/marks.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { DocumentFile } from './document-file.tsx';
import { proofOf, useSignatureReport } from './signatures-panel.tsx';
import './stored-files.css';

type Listed = Readonly<{ file: StoredFile; note?: ReactNode }>;

/** Files of a document by name; a PDF opens over the page with what its signature says, others are saved. */
export function StoredFiles({
  documentId,
  files,
}: Readonly<{ documentId: DocumentId; files: readonly Listed[] }>) {
  const words = useWords();
  const [shown, setShown] = useState<StoredFile | null>(null);
  const saving = useSaving(documentId);
  return (
    <>
      <ul className="stored-files">
        {files.map(({ file, note }) => (
          <li key={file.hash}>
            <UnstyledButton
              className="stored-file"
              title={file.name}
              onClick={() => {
                if (isPdf(file)) setShown(file);
                else saving.mutate(file);
              }}
            >
              {file.name}
            </UnstyledButton>
            {note !== undefined && <span className="dim">{note}</span>}
          </li>
        ))}
      </ul>
      {saving.isError && <Note tone="danger">{sentenceOf(saving.error, words)}</Note>}
      {shown !== null && (
        <FileDialog
          documentId={documentId}
          file={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </>
  );
}

type FileDialogProps = Readonly<{ documentId: DocumentId; file: StoredFile; onClose: () => void }>;

/** One file of a document: its pages, the verdict on its signature, and the file to keep or to print. */
function FileDialog({ documentId, file, onClose }: FileDialogProps) {
  const words = useWords();
  const report = useSignatureReport(documentId, file.hash);
  const saving = useSaving(documentId);
  const verdict = report.data?.verdict;
  return (
    <Modal
      opened
      size="64rem"
      onClose={onClose}
      title={file.name}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <div className="file-dialog">
        <div className="file-dialog-head">
          {verdict !== undefined && verdict !== 'unsigned' && (
            <span className="file-dialog-verdict">
              <ProofMark proof={proofOf(verdict)} label={words(`signatures.whole.${verdict}`)} />
              <span className="dim">{report.data?.signatures.map(({ signer }) => signer).join('; ')}</span>
            </span>
          )}
          <Button
            size="compact-sm"
            variant="default"
            loading={saving.isPending}
            leftSection={<IconDownload size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              saving.mutate(file);
            }}
          >
            {words('documents.file.save')}
          </Button>
        </div>
        {saving.isError && <Note tone="danger">{sentenceOf(saving.error, words)}</Note>}
        <div className="file-dialog-page">
          <DocumentFile documentId={documentId} hash={file.hash} size={file.size} label={file.name} />
        </div>
      </div>
    </Modal>
  );
}

function useSaving(documentId: DocumentId) {
  return useMutation({ mutationFn: (file: StoredFile) => save(documentId, file) });
}

/** Reads a stored file whole and hands it to the system to keep. */
async function save(documentId: DocumentId, { hash, size, name }: StoredFile): Promise<void> {
  const parts: ArrayBuffer[] = [];
  for (let offset = 0; offset < size; offset += maxBlobBytes) {
    const length = Math.min(maxBlobBytes, size - offset);
    const { bytes } = await core.documents.readFile({ documentId, hash, offset, length });
    parts.push(await bytes.arrayBuffer());
  }
  const address = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function isPdf({ name }: StoredFile): boolean {
  return name.toLowerCase().endsWith('.pdf');
}
