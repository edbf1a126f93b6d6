import { useQuery } from '@tanstack/react-query';
import { dossiersOf, type OfficialDocument } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { useWords } from '../../ui/use-words.ts';
import './dossiers.css';
import { dossiersPath } from './dossier-paths.ts';

/** The files a paper lies in, as far as its reader may see them. */
export function LiesIn({ document }: Readonly<{ document: OfficialDocument }>) {
  const words = useWords();
  const { id } = document;
  const { data } = useQuery({
    queryKey: ['dossiers', 'of', id],
    queryFn: () => core.dossiers.of({ documentId: id }),
    enabled: dossiersOf(document).length > 0,
  });
  const dossiers = data?.dossiers ?? [];
  if (dossiers.length === 0) return null;
  return (
    <section className="lies-in" aria-label={words('dossiers.liesIn')}>
      <h3>{words('dossiers.liesIn')}</h3>
      <ul>
        {dossiers.map((one) => (
          <li key={one.id}>
            <Link to={pathTo(dossiersPath, { id: one.id })}>{`${one.code} · ${one.title}`}</Link>{' '}
            <span className="dim">{words(`state.dossier.${one.state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
