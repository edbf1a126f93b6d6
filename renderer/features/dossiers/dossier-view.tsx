import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotOpenDossier, type DossierPage } from '#shared/dossiers/public.ts';
import type { DossierId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useShortcut } from '../../ui/commands.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { ContentsTable, type Inside } from './contents-table.tsx';
import { DossierActs } from './dossier-acts.tsx';
import { DossierDialogs, type Doing } from './dossier-doing.tsx';
import { DossierHead } from './dossier-head.tsx';
import { ExcerptsList } from './excerpts-list.tsx';
import { FindingsList } from './findings-list.tsx';
import { setTerm } from './set-term.ts';
import { useDossierAsk } from './use-dossier-ask.ts';
import './dossiers.css';

type DossierViewProps = Readonly<{
  id: DossierId;
  /** Opens what lies in it beside the list it came from. */
  inside?: Inside;
  /** Where Escape leads; by itself to the list. */
  onLeave?: () => void;
}>;

/** One file: what it is, what stands against closing it, what lies in it, and what can be done. */
export function DossierView({ id, inside, onLeave = focusList }: DossierViewProps) {
  const words = useWords();
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['dossiers', 'page', id],
    queryFn: () => core.dossiers.page({ dossierId: id, endedOn: null }),
  });
  useShortcut({ keys: 'Escape', label: words('documents.backToList'), run: onLeave });
  if (isError && data === undefined) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  return <WholeDossier page={data} inside={inside} />;
}

function WholeDossier({ page, inside }: Readonly<{ page: DossierPage; inside: Inside | undefined }>) {
  const words = useWords();
  const { person } = useMe();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = (): void => {
    setDoing(null);
  };
  const act = useDossierAsk(close);
  const begin = (next: Doing): void => {
    act.reset();
    setDoing(next);
  };
  const { dossier, items, parts, findings } = page;
  const mayChange = whyNotOpenDossier(dossier, person) === null;
  return (
    <article className="dossier" aria-label={dossier.title}>
      <div className="dossier-body" data-scrolls>
        <DossierHead page={page} />
        {dossier.state === 'open' && findings.length > 0 && (
          <FindingsList
            findings={findings}
            title={words('dossiers.findings')}
            onTakeOut={(document) => {
              begin({ kind: 'takeOut', document });
            }}
            onDescribe={() => {
              begin({ kind: 'describe' });
            }}
            onRetention={(finding) => {
              act.send({ id: 'describe', run: () => setTerm(finding) });
            }}
          />
        )}
        <ExcerptsList excerpts={dossier.excerpts ?? []} />
        <ContentsTable
          dossier={dossier.id}
          items={items}
          parts={parts}
          inside={inside}
          onTakeOut={
            mayChange
              ? (document) => {
                  begin({ kind: 'takeOut', document });
                }
              : null
          }
        />
      </div>
      <DossierActs page={page} onDo={begin} />
      {doing !== null && <DossierDialogs page={page} doing={doing} act={act} onDo={begin} onClose={close} />}
    </article>
  );
}

function focusList(): void {
  document.querySelector<HTMLElement>('.dense-list')?.focus();
}
