import type { Incoming } from '#shared/documents/public.ts';
import { Facts } from '../../ui/facts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { StoredFiles } from './stored-files.tsx';

/** What the sender put beside its page, and the e-mail it came in: that is saved as a file and never shown. */
export function SentAlong({ document }: Readonly<{ document: Incoming }>) {
  const words = useWords();
  const { id, attachments = [], mail } = document;
  const listed = [
    { label: 'attachments', files: attachments.map((file) => ({ file })) },
    { label: 'mail', files: mail === undefined ? [] : [{ file: mail, note: words('documents.mail.whole') }] },
  ].filter(({ files }) => files.length > 0);
  if (listed.length === 0) return null;
  return (
    <Facts
      facts={listed.map(({ label, files }) => ({
        label: words(`documents.field.${label}`),
        value: <StoredFiles documentId={id} files={files} />,
        wide: true,
      }))}
    />
  );
}
