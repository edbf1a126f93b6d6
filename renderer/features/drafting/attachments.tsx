import { ActionIcon, Button } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Outgoing, StoredFile } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { accepted, ask, core, newCommandId } from '../../app/client.ts';
import { uploadWhole } from '../../app/files.ts';
import { DropZone } from '../../ui/drop-zone.tsx';
import { Note } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';

/** The files that go with a draft: dropped or chosen, taken away again. */
export function Attachments({ document }: Readonly<{ document: Outgoing }>) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const adding = useMutation({ mutationFn: (files: readonly File[]) => attachAll(document.id, files) });
  const removing = useMutation({
    mutationFn: (hash: StoredFile['hash']) =>
      ask(core.drafting.removeAttachment, { documentId: document.id, hash }),
  });
  const error = adding.error ?? removing.error;
  return (
    <div className="draft-attachments" ref={box}>
      <DropZone
        accept="*"
        help={words('drafting.attach.help')}
        onFiles={(files) => {
          adding.mutate(files);
        }}
      >
        <div className="draft-attachments-head">
          <span>{words('drafting.attachments')}</span>
          <Button
            size="compact-sm"
            variant="default"
            loading={adding.isPending}
            leftSection={<IconPaperclip size="1rem" aria-hidden />}
            onClick={() => {
              box.current?.querySelector<HTMLInputElement>('input[type="file"]')?.click();
            }}
          >
            {words('drafting.attach')}
          </Button>
        </div>
        {document.attachments.length === 0 && <p className="dim">{words('drafting.attach.help')}</p>}
        <ul aria-label={words('drafting.attachments')}>
          {document.attachments.map(({ hash, name, size }) => (
            <li key={hash}>
              <span className="one-line" title={name}>
                {name}
              </span>
              <span className="dim figures">{words('drafting.attach.size', { size: kilobytes(size) })}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words('drafting.attach.remove', { name })}
                onClick={() => {
                  removing.mutate(hash);
                }}
              >
                <IconX size="1rem" aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      </DropZone>
      {error !== null && <Note tone="danger">{sentenceOf(error, words)}</Note>}
    </div>
  );
}

async function attachAll(documentId: DocumentId, files: readonly File[]): Promise<void> {
  for (const file of files) {
    const uploadId = await uploadWhole(file);
    const { reply } = await core.drafting.attach({ commandId: newCommandId(), documentId, uploadId });
    accepted(reply);
  }
}

function kilobytes(size: number): string {
  return String(Math.max(1, Math.round(size / 1024)));
}
