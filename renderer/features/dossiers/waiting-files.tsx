import { Button } from '@mantine/core';
import { IconArchive, IconArrowBackUp, IconSignature } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HandOverRow } from '#shared/dossiers/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { Deadline } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { dossiersPath } from './dossier-paths.ts';
import { SignMinutes } from './sign-minutes.tsx';
import './dossiers.css';

/** As many as stand above the papers; the place of files has them all. */
const shownAtMost = 5;

/** What waits with this person's files: given back by the archive, due there soon or late, minutes to be signed. */
export function WaitingFiles() {
  const words = useWords();
  const [signing, setSigning] = useState<HandOverRow | null>(null);
  const { data } = useQuery({
    queryKey: ['handOvers', 'waiting'],
    queryFn: () => core.handOvers.waiting({ offset: 0, limit: shownAtMost }),
  });
  if (data === undefined || data.total + data.toSign.length === 0) return null;
  return (
    <section className="waiting-files" aria-label={words('handOvers.waiting')}>
      <ul>
        {data.toSign.map((row) => (
          <li key={row.id}>
            <IconSignature size="1rem" stroke={1.75} aria-hidden />
            <span>{words('handOvers.waiting.sign', { count: row.files })}</span>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                setSigning(row);
              }}
            >
              {words('handOvers.act.sign')}
            </Button>
          </li>
        ))}
        {data.rows.map(({ dossier, givenBack }) => (
          <li key={dossier.id}>
            {givenBack === null ? (
              <IconArchive size="1rem" stroke={1.75} aria-hidden />
            ) : (
              <IconArrowBackUp size="1rem" stroke={1.75} aria-hidden />
            )}
            <span>
              <Link
                to={pathTo(dossiersPath, { id: dossier.id })}
              >{`${dossier.code} · ${dossier.title}`}</Link>{' '}
              {givenBack === null ? (
                <>
                  {words('handOvers.waiting.due')}{' '}
                  {dossier.handOverBy !== null && <Deadline due={dossier.handOverBy} short />}
                </>
              ) : (
                <span className="dim">
                  {[
                    words('handOvers.waiting.returned'),
                    ...givenBack.reasons.map((reason) => words(`handOvers.reason.${reason}`)),
                    ...(givenBack.words === '' ? [] : [givenBack.words]),
                  ].join(' · ')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {data.total > data.rows.length && (
        <p className="dim">{words('handOvers.waiting.more', { count: data.total - data.rows.length })}</p>
      )}
      {signing !== null && (
        <SignMinutes
          handOver={signing}
          onClose={() => {
            setSigning(null);
          }}
        />
      )}
    </section>
  );
}
