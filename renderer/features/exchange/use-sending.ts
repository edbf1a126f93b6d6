import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import type { Outgoing } from '#shared/documents/public.ts';
import type { AccessLevel, Finding, PeerRow, Succeeds } from '#shared/exchange/public.ts';
import type { AgencyId, DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { foldText } from '../../ui/fold.ts';
import { useMe } from '../session/public.ts';
import { useConsignments } from './use-consignments.ts';

/** What goes over the network: to whom, how far it may be read there, and what it stands in for. */
export type NetworkOrder = Readonly<{ to: AgencyId[]; access: AccessLevel; succeeds: Succeeds | null }>;

export type Sending = ReturnType<typeof useSending>;

/** The connected agencies; none where nothing is connected, or where somebody else sends. */
export function usePeers(): readonly PeerRow[] {
  const { person } = useMe();
  const { data } = useQuery({
    queryKey: ['exchange', 'peers'],
    queryFn: () => core.exchange.peers({}),
    enabled: whyNotCall('exchange.peers', person) === null,
  });
  return data?.peers ?? [];
}

type About = Readonly<{
  document: Outgoing;
  /** The recipients as they are written; a connected agency among them is chosen by itself. */
  names: readonly string[];
  /** Agencies that it is with already, or on its way to. */
  without?: ReadonlySet<AgencyId>;
}>;

/** Chooses recipients over the network, and has every check made for those that are chosen. */
export function useSending({ document, names, without }: About) {
  const peers = usePeers().filter(({ id }) => without?.has(id) !== true);
  const [marked, setMarked] = useState<ReadonlyMap<AgencyId, boolean>>(new Map());
  const [access, setAccess] = useState<AccessLevel>('internal');
  const [how, setHow] = useState<Succeeds['how'] | null>(null);
  const [old, setOld] = useState<DocumentId | null>(null);
  const { rows } = useConsignments(how === null ? null : old);
  const written = new Set([...names, ...rows.map(({ consignment }) => consignment.toName)].map(foldText));
  const isChosen = ({ id, name, state }: PeerRow): boolean =>
    marked.get(id) ?? (state === 'confirmed' && written.has(foldText(name)));
  const chosen = peers.filter(isChosen);
  const to = chosen.map(({ id }) => id);
  const looked = useLookBefore({ documentId: document.id, to, access });
  const succeeds = how === null || old === null ? null : { how, document: old };
  const order: NetworkOrder | null = to.length === 0 ? null : { to, access, succeeds };
  const [lacksOld, lacksPeer] = [how !== null && old === null, how !== null && to.length === 0];
  return {
    peers,
    chosen,
    mark: (id: AgencyId, isMarked: boolean) => {
      setMarked((known) => new Map([...known, [id, isMarked]]));
    },
    access,
    setAccess,
    how,
    setHow,
    old,
    setOld,
    ...looked,
    /** It is to stand in for another, and nobody said for which, or to whom over the network. */
    lacksOld,
    lacksPeer,
    ready: !looked.stopped && !lacksOld && !lacksPeer,
    order,
  };
}

type LookedAt = Readonly<{ documentId: DocumentId; to: AgencyId[]; access: AccessLevel }>;

/** Has every check made for those that are chosen, and made again when they change. */
function useLookBefore({ documentId, to, access }: LookedAt) {
  const looked = useQuery({
    queryKey: ['exchange', 'preflight', documentId, access, ...to],
    queryFn: () => core.exchange.preflight({ documentId, to, access }),
    enabled: to.length > 0,
    placeholderData: keepPreviousData,
  });
  const isAsked = to.length > 0;
  const findings: readonly Finding[] = isAsked ? (looked.data?.findings ?? []) : [];
  return {
    findings,
    /** Still looking, or looking did not work: nothing is said about the page yet. */
    looking: isAsked && (looked.isPending || looked.isPlaceholderData),
    error: looked.isError ? looked.error : null,
    lookAgain: () => void looked.refetch(),
    stopped: isAsked && (looked.data === undefined || findings.some(({ stops }) => stops)),
  };
}
