import { Button, FileButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf } from '#shared/kernel/public.ts';
import type { AuthorityList, TrustedAuthority } from '#shared/signing/public.ts';
import { ask, core } from '../../../app/client.ts';
import { Note } from '../../../ui/gate.tsx';
import { ListFailed, ListLoading } from '../../../ui/list-states.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { formatDay, formatExact } from '../../../ui/moments.ts';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { RootDialog } from './root-dialog.tsx';
import './trust.css';

const trustKey = ['signing', 'trust'];

/** Quản trị › Nơi tin cậy: whose signatures count here, and what is known of revoked certificates. */
export function TrustPage() {
  const words = useWords();
  const { data, error, isError, refetch } = useQuery({
    queryKey: trustKey,
    queryFn: () => core.signing.trust({}),
  });
  return (
    <div className="place">
      <PlaceHead title={words('administration.trust')} below={<AdminTabs />} />
      <div className="trust-page">
        <p className="dim">{words('trust.about')}</p>
        {isError && data === undefined && <ListFailed error={error} retry={() => void refetch()} />}
        {data === undefined && !isError && <ListLoading label={words('administration.trust')} />}
        {data !== undefined && (
          <>
            <Roots roots={data.roots} />
            <Lists lists={data.lists} />
          </>
        )}
      </div>
    </div>
  );
}

function Roots({ roots }: Readonly<{ roots: readonly TrustedAuthority[] }>) {
  const words = useWords();
  const client = useQueryClient();
  const [offered, setOffered] = useState<Readonly<{ file: File; roots: readonly TrustedAuthority[] }> | null>(
    null,
  );
  const [leaving, setLeaving] = useState<TrustedAuthority | null>(null);
  const reading = useMutation({
    mutationFn: async (file: File) => ({ file, ...(await core.signing.readRoots({ file })) }),
    onSuccess: setOffered,
  });
  const removing = useMutation({
    mutationFn: async ({ root, reason }: Readonly<{ root: TrustedAuthority; reason: string }>) => {
      await ask(core.directory.distrustRoot, { fingerprint: root.fingerprint, reason });
      await client.invalidateQueries({ queryKey: trustKey });
    },
    onSuccess: (_nothing, { root }) => {
      setLeaving(null);
      toast({ text: words('trust.root.removed', { name: root.name }) });
    },
  });
  return (
    <section aria-labelledby="trust-roots">
      <div className="trust-head">
        <h2 id="trust-roots">{words('trust.roots')}</h2>
        <FileButton
          accept=".cer,.crt,.pem,.der"
          onChange={(file) => {
            if (file !== null) reading.mutate(file);
          }}
        >
          {(props) => (
            <Button
              {...props}
              size="compact-md"
              variant="default"
              loading={reading.isPending}
              leftSection={<IconPlus size="1rem" stroke={1.75} aria-hidden />}
            >
              {words('trust.roots.add')}
            </Button>
          )}
        </FileButton>
      </div>
      {reading.isError && <Note tone="danger">{sentenceOf(reading.error, words)}</Note>}
      {roots.length === 0 && <p className="dim">{words('trust.roots.none')}</p>}
      <ul className="trust-list">
        {roots.map((root) => (
          <li key={root.fingerprint}>
            <div>
              <strong>{root.name}</strong>
              {root.organization !== null && <span className="dim"> · {root.organization}</span>}
              <p className="dim">
                {words('trust.root.validity', {
                  from: formatDay(dayOf(root.validFrom)),
                  to: formatDay(dayOf(root.validTo)),
                })}
              </p>
              <p className="trust-fingerprint figures" title={words('trust.root.fingerprint')}>
                {inGroups(root.fingerprint)}
              </p>
            </div>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                removing.reset();
                setLeaving(root);
              }}
            >
              {words('trust.root.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {offered !== null && (
        <RootDialog
          offered={offered}
          onClose={() => {
            setOffered(null);
          }}
          onTrusted={() => client.invalidateQueries({ queryKey: trustKey })}
        />
      )}
      <ReasonDialog
        opened={leaving !== null}
        onClose={() => {
          setLeaving(null);
        }}
        title={words('trust.root.remove')}
        text={words('trust.root.remove.text', { name: leaving?.name ?? '' })}
        confirm={words('trust.root.remove')}
        danger
        busy={removing.isPending}
        error={removing.isError ? sentenceOf(removing.error, words) : null}
        onConfirm={(reason) => {
          if (leaving !== null) removing.mutate({ root: leaving, reason });
        }}
      />
    </section>
  );
}

function Lists({ lists }: Readonly<{ lists: readonly AuthorityList[] }>) {
  const words = useWords();
  const client = useQueryClient();
  const { now } = useMoment();
  const keeping = useMutation({
    mutationFn: async (file: File) => {
      const kept = await core.signing.keepRevocationList({ file });
      await client.invalidateQueries({ queryKey: trustKey });
      return kept;
    },
    onSuccess: ({ issuer }) => {
      toast({ text: words('trust.list.kept', { issuer }) });
    },
  });
  return (
    <section aria-labelledby="trust-lists">
      <div className="trust-head">
        <h2 id="trust-lists">{words('trust.lists')}</h2>
        <FileButton
          accept=".crl,.pem,.der"
          onChange={(file) => {
            if (file !== null) keeping.mutate(file);
          }}
        >
          {(props) => (
            <Button
              {...props}
              size="compact-md"
              variant="default"
              loading={keeping.isPending}
              leftSection={<IconPlus size="1rem" stroke={1.75} aria-hidden />}
            >
              {words('trust.lists.add')}
            </Button>
          )}
        </FileButton>
      </div>
      {keeping.isError && <Note tone="danger">{sentenceOf(keeping.error, words)}</Note>}
      {lists.length === 0 && <p className="dim">{words('trust.lists.none')}</p>}
      <ul className="trust-list">
        {lists.map(({ issuer, entries, madeAt, until }) => (
          <li key={issuer}>
            <div>
              <strong>{issuer}</strong>
              {until < now && <span className="trust-old"> · {words('trust.list.old')}</span>}
              <p className="dim">
                {words('trust.list.said', {
                  count: entries,
                  from: formatExact(madeAt),
                  to: formatExact(until),
                })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Eight groups of eight, as people read a fingerprint out. */
function inGroups(fingerprint: string): string {
  return (fingerprint.match(/.{8}/gu) ?? []).join(' ');
}
