import { Button } from '@mantine/core';
import { IconCalendarTime, IconHourglassEmpty, IconLock, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Disposal } from '#shared/dossiers/public.ts';
import type { DossierId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { DisposalCard, type DisposalStep } from './disposal-card.tsx';
import { DisposalDialog } from './disposal-dialog.tsx';
import { DueTable } from './due-table.tsx';
import { holdsPath, retentionPath } from './keeping-paths.ts';
import { ProposeDialog } from './propose-dialog.tsx';
import './keeping.css';

type Doing =
  Readonly<{ kind: 'propose' }> | Readonly<{ kind: 'step'; step: DisposalStep; disposal: Disposal }>;

/** Hết thời hạn bảo quản: files whose term is over, and every list on its way from the proposal to the minutes. */
export function DisposalsPage() {
  const words = useWords();
  const { has } = useMe();
  const { go } = useRouter();
  const [chosen, setChosen] = useState<ReadonlySet<DossierId>>(new Set());
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data: due } = useQuery({ queryKey: ['disposals', 'due'], queryFn: () => core.disposals.due({}) });
  const { data: lists } = useQuery({
    queryKey: ['disposals', 'list'],
    queryFn: () => core.disposals.list({}),
  });
  const files = due?.files ?? [];
  const disposals = lists?.disposals ?? [];
  const close = (): void => {
    setDoing(null);
  };
  return (
    <div className="place">
      <PlaceHead
        title={words('place.disposals')}
        count={due === undefined ? null : files.length}
        below={
          <>
            <ActButton
              label={words('holds.title')}
              icon={IconLock}
              second
              run={() => {
                go(pathTo(holdsPath));
              }}
            />
            <ActButton
              label={words('retention.title')}
              icon={IconCalendarTime}
              second
              run={() => {
                go(pathTo(retentionPath));
              }}
            />
          </>
        }
      >
        {has('archivist') && (
          <Button
            size="compact-sm"
            leftSection={<IconTrash size="1rem" stroke={1.75} aria-hidden />}
            disabled={chosen.size === 0}
            onClick={() => {
              setDoing({ kind: 'propose' });
            }}
          >
            {words('disposals.act.propose', { count: chosen.size })}
          </Button>
        )}
      </PlaceHead>
      <div className="place-list keeping" data-scrolls>
        {due !== undefined && files.length === 0 ? (
          <EmptyState
            icon={IconHourglassEmpty}
            title={words('disposals.empty')}
            help={words('disposals.empty.help')}
          />
        ) : (
          <DueTable files={files} chosen={chosen} onChoose={has('archivist') ? setChosen : null} />
        )}
        {disposals.length > 0 && (
          <section aria-label={words('disposals.lists')}>
            <h2>{words('disposals.lists')}</h2>
            {disposals.map((disposal) => (
              <DisposalCard
                key={disposal.id}
                disposal={disposal}
                onStep={(step) => {
                  setDoing({ kind: 'step', step, disposal });
                }}
              />
            ))}
          </section>
        )}
      </div>
      {doing?.kind === 'propose' && (
        <ProposeDialog
          files={files.filter(({ id }) => chosen.has(id))}
          onClose={close}
          onDone={() => {
            setChosen(new Set());
            close();
          }}
        />
      )}
      {doing?.kind === 'step' && (
        <DisposalDialog disposal={doing.disposal} step={doing.step} onClose={close} />
      )}
    </div>
  );
}
