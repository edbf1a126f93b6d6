import { IconNetworkOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionView } from '#shared/exchange/public.ts';
import { ask, core } from '../../../app/client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListFailed, ListLoading } from '../../../ui/list-states.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { ConnectionRow } from './connection-row.tsx';
import { connectionsKey } from './connections-key.ts';
import { GatewayAlarms } from './gateway-alarms.tsx';
import { GatewayLines } from './gateway-lines.tsx';
import { OwnCard } from './own-card.tsx';
import './connections.css';

/** Quản trị › Kết nối liên thông: which agencies papers go to and come from over the network. */
export function ConnectionsPage() {
  const words = useWords();
  const { data, error, isError, refetch } = useQuery({
    queryKey: connectionsKey,
    queryFn: () => core.exchange.connections({}),
  });
  return (
    <div className="place">
      <PlaceHead title={words('administration.connections')} below={<AdminTabs />} />
      <div className="connections">
        {isError && data === undefined && <ListFailed error={error} retry={() => void refetch()} />}
        {data === undefined && !isError && <ListLoading label={words('administration.connections')} />}
        {data?.own === null && (
          <EmptyState
            icon={IconNetworkOff}
            title={words('connections.none')}
            help={words('connections.none.help')}
          />
        )}
        {data !== undefined && data.own !== null && (
          <>
            <Peers peers={data.peers} />
            <OwnCard card={data.own.card} />
            <GatewayLines />
            <GatewayAlarms peers={data.peers} />
          </>
        )}
      </div>
    </div>
  );
}

function Peers({ peers }: Readonly<{ peers: readonly ConnectionView[] }>) {
  const words = useWords();
  const client = useQueryClient();
  const [comparing, setComparing] = useState<ConnectionView | null>(null);
  const [leaving, setLeaving] = useState<ConnectionView | null>(null);
  const ending = useMutation({
    mutationFn: ({ peer, reason }: Readonly<{ peer: ConnectionView; reason: string }>) =>
      ask(core.exchange.endPeer, { peerId: peer.id, reason }),
    onSuccess: async ({ waits }, { peer }) => {
      setLeaving(null);
      const key = waits === true ? 'connections.end.waits' : 'connections.ended';
      toast({ text: words(key, { name: peer.name }) });
      await client.invalidateQueries({ queryKey: connectionsKey });
    },
  });
  return (
    <section aria-labelledby="connections-peers">
      <h2 id="connections-peers">{words('connections.peers')}</h2>
      <p className="dim">{words(peers.length === 0 ? 'connections.peers.none' : 'connections.about')}</p>
      <ul className="connections-list">
        {peers.map((peer) => (
          <ConnectionRow
            key={peer.id}
            peer={peer}
            onCompare={() => {
              setComparing(peer);
            }}
            onEnd={() => {
              ending.reset();
              setLeaving(peer);
            }}
          />
        ))}
      </ul>
      {comparing !== null && (
        <CompareDialog
          peer={comparing}
          onClose={() => {
            setComparing(null);
          }}
        />
      )}
      <ReasonDialog
        opened={leaving !== null}
        onClose={() => {
          setLeaving(null);
        }}
        title={words('connections.end')}
        text={words('connections.end.text', { name: leaving?.name ?? '' })}
        confirm={words('connections.end')}
        danger
        busy={ending.isPending}
        error={ending.isError ? sentenceOf(ending.error, words) : null}
        onConfirm={(reason) => {
          if (leaving !== null) ending.mutate({ peer: leaving, reason });
        }}
      />
    </section>
  );
}
