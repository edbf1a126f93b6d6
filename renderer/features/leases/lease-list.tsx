import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutLease } from '#shared/sync/public.ts';
import { ask, core } from '../../app/client.ts';
import { Note } from '../../ui/gate.tsx';
import { sayInstant } from '../../ui/moments.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { leasesKey, type Leases } from './use-leases.ts';
import './leases.css';

type LeaseListProps = Pick<Leases, 'leases' | 'bookName'>;

/** The blocks of numbers that are out: which, at whose desk, how many are left, until when. */
export function LeaseList({ leases, bookName }: LeaseListProps) {
  const [voiding, setVoiding] = useState<OutLease | null>(null);
  return (
    <>
      <ul className="leases">
        {leases.map((lease) => (
          <LeaseLine
            key={lease.id}
            lease={lease}
            book={bookName(lease.book)}
            onVoid={() => {
              setVoiding(lease);
            }}
          />
        ))}
      </ul>
      {voiding !== null && (
        <VoidDialog
          lease={voiding}
          book={bookName(voiding.book)}
          onClose={() => {
            setVoiding(null);
          }}
        />
      )}
    </>
  );
}

type LineProps = Readonly<{ lease: OutLease; book: string; onVoid: () => void }>;

function LeaseLine({ lease, book, onVoid }: LineProps) {
  const words = useWords();
  const client = useQueryClient();
  const { now } = useMoment();
  const { has } = useMe();
  const { nameOf } = useDirectory();
  const { from, to, until, left, next, isThis, returning } = lease;
  const isOver = now > until;
  const giving = useMutation({
    mutationFn: () => ask(core.sync.returnLease, nameIn(lease)),
    onSuccess: ({ waits }) => {
      toast({ text: words(waits === true ? 'leases.return.waits' : 'leases.returned') });
    },
    onSettled: () => client.invalidateQueries({ queryKey: leasesKey }),
  });
  const when = sayInstant(until, now, words);
  return (
    <li>
      <div>
        <strong>{words('leases.block', { book, from, to })}</strong>
        {' · '}
        {isThis ? words('devices.this') : `${nameOf(lease.person)}, ${lease.deviceName}`}
        <p className={isOver ? 'leases-over' : 'dim'}>
          {words(isOver ? 'leases.over' : 'leases.until', { when })}
          {left !== null &&
            ` · ${words(left === 0 ? 'leases.used-up' : 'leases.left', { count: left, next: next ?? 0 })}`}
          {returning && ` · ${words('leases.returning')}`}
        </p>
        {giving.isError && <Note tone="danger">{sentenceOf(giving.error, words)}</Note>}
      </div>
      {isThis && has('clerk') && !returning && (
        <Button
          size="compact-sm"
          variant="default"
          loading={giving.isPending}
          onClick={() => {
            giving.mutate();
          }}
        >
          {words('leases.return')}
        </Button>
      )}
      {has('administrator') && (
        <Button size="compact-sm" variant="default" onClick={onVoid}>
          {words('leases.void')}
        </Button>
      )}
    </li>
  );
}

type VoidProps = Readonly<{ lease: OutLease; book: string; onClose: () => void }>;

function VoidDialog({ lease, book, onClose }: VoidProps) {
  const words = useWords();
  const client = useQueryClient();
  const { nameOf } = useDirectory();
  const voiding = useMutation({
    mutationFn: (reason: string) => ask(core.sync.voidLease, { ...nameIn(lease), reason }),
    onSuccess: ({ waits }) => {
      toast({ text: words(waits === true ? 'leases.void.waits' : 'leases.voided') });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: leasesKey }),
  });
  const { from, to } = lease;
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words('leases.void')}
      text={words('leases.void.text', { book, from, to, name: nameOf(lease.person) })}
      confirm={words('leases.void')}
      danger
      busy={voiding.isPending}
      error={voiding.isError ? sentenceOf(voiding.error, words) : null}
      onConfirm={(reason) => {
        voiding.mutate(reason);
      }}
    />
  );
}

function nameIn({ id, device, book, year }: OutLease) {
  return { leaseId: id, deviceId: device, book, year };
}
