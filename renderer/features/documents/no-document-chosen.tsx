import { IconFileText } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useWords } from '../../ui/use-words.ts';

/** Beside a list of papers, as long as none of them is open. */
export function NoDocumentChosen() {
  const words = useWords();
  return (
    <EmptyState icon={IconFileText} title={words('documents.choose')} help={words('documents.choose.help')} />
  );
}
