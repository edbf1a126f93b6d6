import { IconLink } from '@tabler/icons-react';
import { dossiersOf, type DocumentPage, type DocumentRow } from '#shared/documents/public.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { LiesIn } from '../dossiers/public.ts';
import { documentPath } from './document-paths.ts';
import { sayState } from './document-words.ts';

/** Where it comes from and what came of it: replies, what it replies to, its twins. */
export function RelatedPanel({ page }: Readonly<{ page: DocumentPage }>) {
  const words = useWords();
  const { document, linked } = page;
  if (linked.length === 0 && dossiersOf(document).length === 0) {
    return (
      <EmptyState
        icon={IconLink}
        title={words('documents.related.none')}
        help={words('documents.related.help')}
      />
    );
  }
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
    </>
  );
}

/** A document named as a link to its page. */
export function DocumentLink({ row }: Readonly<{ row: DocumentRow }>) {
  const words = useWords();
  const arrival =
    row.arrivalNumber === null ? '' : words('documents.arrivalNumber', { number: row.arrivalNumber });
  const name = [row.notation, arrival, row.subject].filter((part) => part !== '').join(' · ');
  return (
    <>
      <Link to={pathTo(documentPath[row.direction], { id: row.id })}>
        {name === '' ? words('documents.noSubject') : name}
      </Link>
      <span className="dim"> {sayState(row, words)}</span>
    </>
  );
}
