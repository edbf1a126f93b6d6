import { useQuery } from '@tanstack/react-query';
import type { ConsignmentRow } from '#shared/exchange/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';

const none: readonly ConsignmentRow[] = [];

/** Every ledger of one paper of ours, looked at again with each change and, as hours pass, with each minute. */
export function useConsignments(
  documentId: DocumentId | null,
): Readonly<{ rows: readonly ConsignmentRow[] }> {
  const { data } = useQuery({
    queryKey: ['exchange', 'consignments', documentId],
    queryFn: async () =>
      documentId === null ? { consignments: [] } : core.exchange.consignments({ documentId }),
    enabled: documentId !== null,
    refetchInterval: 60_000,
  });
  return { rows: data?.consignments ?? none };
}
