import { IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { RefusedCommand } from '#shared/sync/public.ts';
import { core } from '../../app/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListFailed, ListLoading } from '../../ui/list-states.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useWords } from '../../ui/use-words.ts';
import { AttentionItem } from './attention-item.tsx';
import './attention.css';

export const attentionPath = '/can-xu-ly';
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
              {grouped(data.items).map(({ first, after }) => (
                <AttentionItem key={first.commandId} item={first} after={after} />
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

type Group = Readonly<{ first: RefusedCommand; after: readonly RefusedCommand[] }>;

/** What was given on top of something refused stands under it, in the order in which it was done. */
function grouped(items: readonly RefusedCommand[]): readonly Group[] {
  const known = new Map(items.map((item) => [item.commandId, item]));
  const rootOf = (item: RefusedCommand): RefusedCommand => {
    const under = item.restsOn === null ? undefined : known.get(item.restsOn);
    return under === undefined ? item : rootOf(under);
  };
  return items
    .filter((item) => rootOf(item) === item)
    .map((first) => ({
      first,
      // The newest come first on the list.
      after: items.filter((item) => item !== first && rootOf(item) === first).toReversed(),
    }));
}
