import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { StoredFile } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Note } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { DocumentFile } from './document-file.tsx';
import { usePrinting, useSaving } from './use-file-out.ts';
import './file-dialog.css';

type FileDialogProps = Readonly<{
  documentId: DocumentId;
  /** `size` may be less than the whole: an earlier state of a signed file is its beginning. */
  file: Pick<StoredFile, 'hash' | 'size' | 'name'>;
  /** What is to be known of it, before its pages. */
  head: ReactNode;
  onClose: () => void;
}>;

/** One file of a document over the page: its pages, and the file to keep or to print. */
export function FileDialog({ documentId, file, head, onClose }: FileDialogProps) {
  const words = useWords();
  const saving = useSaving(documentId);
  const printing = usePrinting(documentId);
  const error = saving.error ?? printing.error;
  return (
    <DialogFrame size="64rem" onClose={onClose} title={file.name}>
      <div className="file-dialog">
        <div className="file-dialog-head">
          {head}
          <Button
            size="compact-sm"
            variant="default"
            loading={printing.isPending}
            leftSection={<IconPrinter size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              printing.mutate(file);
            }}
          >
            {words('documents.file.print')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={saving.isPending}
            leftSection={<IconDownload size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              saving.mutate(file);
            }}
          >
            {words('documents.file.original')}
          </Button>
        </div>
        {error !== null && <Note tone="danger">{sentenceOf(error, words)}</Note>}
        <div className="file-dialog-page">
          <DocumentFile documentId={documentId} hash={file.hash} size={file.size} label={file.name} />
        </div>
      </div>
    </DialogFrame>
  );
}
