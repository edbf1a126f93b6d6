import { IconCopyCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { whyNotCopied, type DocumentPage } from '#shared/documents/public.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { referenceOf } from './document-words.ts';
import type { OfferedActions } from './outgoing-actions.tsx';

/** Copying a document: offered to the clerk where it can be copied; others and earlier states need not read of it. */
export function useCopying(page: DocumentPage): OfferedActions {
  const { document } = page;
  const words = useWords();
  const { person } = useMe();
  const [asking, setAsking] = useState(false);
  const isOffered =
    whyNotCall('workflow.copyFile', person) === null &&
    document.file !== null &&
    whyNotCopied(document) === null;
  if (!isOffered) return { actions: [], dialogs: null };
  return {
    actions: [
      {
        id: 'copy',
        label: words('documents.act.copy'),
        icon: IconCopyCheck,
        run: () => {
          setAsking(true);
        },
      },
    ],
    dialogs: asking && (
      <CopyDialog
        document={document}
        reference={referenceOf(page, words)}
        onClose={() => {
          setAsking(false);
        }}
      />
    ),
  };
}
