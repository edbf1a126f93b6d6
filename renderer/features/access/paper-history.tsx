import { useQuery } from '@tanstack/react-query';
import { whyNotCall } from '#shared/directory/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import './paper-history.css';

const newest = 30;

/** Who had this paper in hand, for those who may know. */
export function PaperHistory({ documentId }: Readonly<{ documentId: DocumentId }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { person } = useMe();
  const isAllowed = whyNotCall('access.of', person) === null;
  const { data } = useQuery({
    queryKey: ['document', documentId, 'access'],
    queryFn: () => core.access.of({ documentId, offset: 0, limit: newest }),
    enabled: isAllowed,
    retry: false, // Without the server there is nothing to say here.
  });
  if (data === undefined) return null;
  return (
    <section className="paper-history" aria-label={words('access.history')}>
      <h3>{words('access.history.counted', { count: data.total, people: data.people })}</h3>
      <ul>
        {data.rows.map(({ desk, n, at, person: who, what }) => (
          <li key={`${desk} ${n}`}>
            <span>{nameOf(who)}</span> <span className="dim">{words(`access.what.${what}`)}</span>{' '}
            <RelativeTime at={at} />
          </li>
        ))}
      </ul>
    </section>
  );
}
