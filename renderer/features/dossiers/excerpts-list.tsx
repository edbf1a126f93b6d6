import type { Excerpt } from '#shared/dossiers/public.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { formatDay } from '../../ui/moments.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { documentPath } from '../documents/public.ts';

/** What meetings decided about the file, with what follows from it and by whom. */
export function ExcerptsList({ excerpts }: Readonly<{ excerpts: readonly Excerpt[] }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  if (excerpts.length === 0) return null;
  return (
    <section className="dossier-parts" aria-label={words('dossiers.excerpts')}>
      <h3>{words('dossiers.excerpts')}</h3>
      <ul>
        {excerpts.map(({ item, from, title, decision, conclusions, minutes }) => (
          <li key={item}>
            <strong>{title}</strong>{' '}
            <span className="dim">
              {from} · <RelativeTime at={decision.at} />
            </span>
            <div>{words(`minutes.decided-${decision.how}`, { words: decision.words })}</div>
            {conclusions.map(({ words: said, owner, dueOn }, place) => (
              <div key={place}>
                {said}
                {owner !== null && ` · ${nameOf(owner)}`}
                {dueOn !== null && ` · ${formatDay(dueOn)}`}
              </div>
            ))}
            {minutes !== null && (
              <Link to={pathTo(documentPath.outgoing, { id: minutes })}>
                {words('dossiers.excerpts.minutes')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
