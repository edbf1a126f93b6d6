import { UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { StoredFile } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { Note } from '../../ui/gate.tsx';
import { ProofMark } from '../../ui/marks.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { FileDialog } from './file-dialog.tsx';
import { proofOf } from './proof-of.ts';
import { useSignatureReport } from './signatures-panel.tsx';
import { useSaving } from './use-file-out.ts';
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
        <StoredFileDialog
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

type StoredFileDialogProps = Readonly<{ documentId: DocumentId; file: StoredFile; onClose: () => void }>;

function StoredFileDialog({ documentId, file, onClose }: StoredFileDialogProps) {
  const words = useWords();
  const { data } = useSignatureReport(documentId, file.hash);
  const isSigned = data !== undefined && data !== null && data.verdict !== 'unsigned';
  return (
    <FileDialog
      documentId={documentId}
      file={file}
      onClose={onClose}
      head={
        isSigned && (
          <span className="file-dialog-said">
            <ProofMark proof={proofOf(data.verdict)} label={words(`signatures.whole.${data.verdict}`)} />
            <span className="dim">{data.signatures.map(({ signer }) => signer).join('; ')}</span>
          </span>
        )
      }
    />
  );
}

function isPdf({ name }: StoredFile): boolean {
  return name.toLowerCase().endsWith('.pdf');
}
