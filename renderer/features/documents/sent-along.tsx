import type { Incoming } from '#shared/documents/public.ts';
import { Facts } from '../../ui/facts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { StoredFiles } from './stored-files.tsx';

/** What the sender put beside its page. */
export function SentAlong({ document }: Readonly<{ document: Incoming }>) {
  const words = useWords();
  const { id, attachments = [] } = document;
  if (attachments.length === 0) return null;
  const files = attachments.map((file) => ({ file }));
  return (
    <Facts
      facts={[
        {
          label: words('documents.field.attachments'),
          value: <StoredFiles documentId={id} files={files} />,
          wide: true,
        },
      ]}
    />
  );
}
