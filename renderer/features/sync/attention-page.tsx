import { Button } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { AppError } from '#shared/kernel/public.ts';
import type { RefusedCommand } from '#shared/sync/public.ts';
import { accepted, core, newCommandId } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/gate.tsx';
import { ListFailed, ListLoading } from '../../ui/list-states.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import './attention.css';

export const attentionPath = '/can-xu-ly';
const inboxAt = '/viec-cua-toi/:id?';
const attentionKey = ['sync', 'refused'];

/** Cần xử lý: what was done here and the server did not take, why not, and three ways out. */
export function AttentionPage() {
  const words = useWords();
  const { data, error, isError, refetch } = useQuery({
    queryKey: attentionKey,
    queryFn: () => core.sync.refused({}),
  });
  return (
    <div className="place">
      <PlaceHead title={words('sync.attention')} count={data?.items.length ?? null} />
      <div className="attention">
        {isError && data === undefined && <ListFailed error={error} retry={() => void refetch()} />}
        {data === undefined && !isError && <ListLoading label={words('sync.attention')} />}
        {data?.items.length === 0 && (
          <EmptyState
            icon={IconChecks}
            title={words('sync.attention.none')}
            help={words('sync.attention.none.help')}
          />
        )}
        {data !== undefined && data.items.length > 0 && (
          <>
            <p className="dim">{words('sync.attention.about')}</p>
            <ul className="attention-list">
              {data.items.map((item) => (
                <Item key={item.commandId} item={item} />
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function Item({ item }: Readonly<{ item: RefusedCommand }>) {
  const words = useWords();
  const client = useQueryClient();
  const { commandId: refused, refusal, document, subject } = item;
  const lookAgain = () => client.invalidateQueries({ queryKey: ['sync'] });
  const again = useMutation({
    mutationFn: async () => accepted((await core.sync.again({ commandId: newCommandId(), refused })).reply),
    onSuccess: () => {
      toast({ text: words('sync.attention.again.done') });
    },
    onSettled: lookAgain,
  });
  const givingUp = useMutation({ mutationFn: () => core.sync.giveUp({ refused }), onSettled: lookAgain });
  const what = words(`command.${item.name}`);
  const fault = again.error ?? givingUp.error;
  return (
    <li>
      <div className="attention-what">
        <p>
          <strong>{what}</strong>
          {subject !== null && ` · ${subject}`}
        </p>
        <p>{sentenceOf(new AppError(refusal.code, refusal.params), words)}</p>
        <p className="dim">
          {words('sync.attention.done')} <RelativeTime at={item.claimedAt} /> ·{' '}
          {words('sync.attention.refused')} <RelativeTime at={item.refusedAt} />
        </p>
        {fault !== null && <Note tone="danger">{sentenceOf(fault, words)}</Note>}
      </div>
      <div className="attention-acts">
        {document !== null && (
          <Link to={pathTo(inboxAt, { id: document })} className="attention-open">
            {words('sync.attention.look')}
          </Link>
        )}
        <Button
          size="compact-sm"
          variant="default"
          loading={again.isPending}
          onClick={() => {
            again.mutate();
          }}
        >
          {words('sync.attention.again')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={givingUp.isPending}
          onClick={() => {
            givingUp.mutate();
          }}
        >
          {words('sync.attention.giveUp')}
        </Button>
      </div>
    </li>
  );
}
