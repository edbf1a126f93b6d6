import type { DocumentRow } from '#shared/documents/public.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { useWords } from '../../ui/use-words.ts';
import { documentPath } from './document-paths.ts';
import { sayState } from './document-words.ts';

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

/** The same by its number alone, where it is named again and again. */
export function ShortDocumentLink({ row }: Readonly<{ row: DocumentRow }>) {
  const words = useWords();
  const { direction, id, notation, arrivalNumber, subject } = row;
  const arrival =
    arrivalNumber === null ? subject : words('documents.arrivalNumber', { number: arrivalNumber });
  const name = notation === '' ? arrival : notation;
  return (
    <Link to={pathTo(documentPath[direction], { id })}>
      {name === '' ? words('documents.noSubject') : name}
    </Link>
  );
}
