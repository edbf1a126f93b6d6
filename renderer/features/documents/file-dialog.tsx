import { Button, Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { StoredFile } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { Note } from '../../ui/gate.tsx';
import { saveRanges } from '../../ui/save-ranges.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { DocumentFile, fileSource } from './document-file.tsx';
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
          {head}
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

/** Saves a stored file, or the beginning of it. */
export function useSaving(documentId: DocumentId) {
  return useMutation({
    mutationFn: ({ hash, size, name }: FileDialogProps['file']) =>
      saveRanges(fileSource({ documentId, hash, size }), name, 'application/octet-stream'),
  });
}
