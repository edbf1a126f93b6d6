import type { DocumentPage } from '#shared/documents/public.ts';
import { Facts } from '../../ui/facts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { LiesIn } from '../dossiers/public.ts';
import { DocumentLink } from './document-link.tsx';
import { LineagePanel } from './lineage-panel.tsx';

/** Where it comes from and what came of it: replies, its twins, its files, and the whole way of it. */
export function RelatedPanel({ page }: Readonly<{ page: DocumentPage }>) {
  const words = useWords();
  const { document, linked } = page;
  return (
    <>
      <Facts
        facts={linked.map(({ relation, document: other }) => ({
          label: words(`relation.${relation}`),
          value: <DocumentLink row={other} />,
          wide: true,
        }))}
      />
      <LiesIn document={document} />
      <LineagePanel id={document.id} />
    </>
  );
}
