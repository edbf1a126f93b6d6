import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft, IconLock, IconSnowflake } from '@tabler/icons-react';
import { useState } from 'react';
import type { Locking, LockRow } from '#shared/dossiers/public.ts';
import { ask, core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { disposalsPath } from './keeping-paths.ts';
import { LockDialog } from './lock-dialog.tsx';
import { useDossierAsk } from './use-dossier-ask.ts';
import './keeping.css';

type Doing =
  | Readonly<{ kind: 'lay'; as: Locking['kind'] }>
  | Readonly<{ kind: 'lift'; lock: Locking }>
  | Readonly<{ kind: 'add'; lock: Locking }>;

/** Giữ và đóng băng hồ sơ: every case that holds files and every freeze, those that stand first. */
export function HoldsPage() {
  const words = useWords();
  const { has } = useMe();
  const { go } = useRouter();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data } = useQuery({ queryKey: ['holds', 'list'], queryFn: () => core.holds.list({}) });
  const rows = data?.rows ?? [];
  const mayKeep = has('archivist') || has('chief');
  const close = (): void => {
    setDoing(null);
  };
  return (
    <div className="place">
      <PlaceHead
        title={words('holds.title')}
        count={data === undefined ? null : rows.filter(({ lock }) => lock.lifted === null).length}
        below={
          <ActButton
            label={words('place.disposals')}
            icon={IconArrowLeft}
            second
            run={() => {
              go(pathTo(disposalsPath));
            }}
          />
        }
      >
        {mayKeep &&
          (['hold', 'freeze'] as const).map((as) => {
            const Shape = as === 'hold' ? IconLock : IconSnowflake;
            return (
              <Button
                key={as}
                size="compact-sm"
                variant={as === 'hold' ? 'filled' : 'default'}
                leftSection={<Shape size="1rem" stroke={1.75} aria-hidden />}
                onClick={() => {
                  setDoing({ kind: 'lay', as });
                }}
              >
                {words(`holds.act.${as}`)}
              </Button>
            );
          })}
      </PlaceHead>
      <div className="place-list keeping" data-scrolls>
        {data !== undefined && rows.length === 0 ? (
          <EmptyState icon={IconLock} title={words('holds.empty')} help={words('holds.empty.help')} />
        ) : (
          rows.map((row) => (
            <OneLock
              key={row.lock.id}
              row={row}
              onDo={mayKeep && row.lock.lifted === null ? setDoing : null}
            />
          ))
        )}
      </div>
      {doing?.kind === 'lay' && <LockDialog as={doing.as} adding={null} onClose={close} />}
      {doing?.kind === 'add' && <LockDialog as="hold" adding={doing.lock} onClose={close} />}
      {doing?.kind === 'lift' && <LiftDialog lock={doing.lock} onClose={close} />}
    </div>
  );
}

function OneLock({
  row: { lock, files },
  onDo,
}: Readonly<{ row: LockRow; onDo: ((doing: Doing) => void) | null }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { kind, title, basis, askedBy, reason, by, at, lifted, documents } = lock;
  return (
    <article className="disposal" aria-labelledby={lock.id}>
      <h3 id={lock.id}>
        {title}{' '}
        <StateMark
          label={words(lifted === null ? `holds.standing.${kind}` : 'holds.ended')}
          tone={lifted === null ? 'action' : 'plain'}
        />
      </h3>
      <p>{[reason, askedBy, basis].filter((part) => part !== '').join(' · ')}</p>
      <p className="dim">
        {words('holds.laid', { name: nameOf(by) })} <RelativeTime at={at} />
      </p>
      <p>
        {[
          ...files.map(({ code, title: name }) => `${code} · ${name}`),
          ...(documents.length > 0 ? [words('holds.documents', { count: documents.length })] : []),
        ].join('; ')}
      </p>
      {lifted !== null && <p>{words('holds.lifted', { name: nameOf(lifted.by), reason: lifted.reason })}</p>}
      {onDo !== null && (
        <div className="disposal-acts">
          {kind === 'hold' && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                onDo({ kind: 'add', lock });
              }}
            >
              {words('holds.act.add')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              onDo({ kind: 'lift', lock });
            }}
          >
            {words(`holds.act.lift.${kind}`)}
          </Button>
        </div>
      )}
    </article>
  );
}

function LiftDialog({ lock: { id, kind }, onClose }: Readonly<{ lock: Locking; onClose: () => void }>) {
  const words = useWords();
  const act = useDossierAsk(onClose);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words(`holds.act.lift.${kind}`)}
      text={words('holds.ask.lift')}
      confirm={words(`holds.act.lift.${kind}`)}
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) => {
        const lift = kind === 'hold' ? core.holds.release : core.freezes.lift;
        act.send({ id: 'lift', run: () => ask(lift, { lockId: id, reason }) });
      }}
    />
  );
}
