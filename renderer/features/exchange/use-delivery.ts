import { useQuery } from '@tanstack/react-query';
import type { Incoming } from '#shared/documents/public.ts';
import type { Delivery } from '#shared/exchange/public.ts';
import { core } from '../../app/client.ts';

/** How a received paper came over the network; null where it came another way. */
export function useDelivery({ id, origin }: Incoming): Delivery | null {
  const { data } = useQuery({
    queryKey: ['exchange', 'delivery', id],
    queryFn: () => core.exchange.delivery({ documentId: id }),
    enabled: origin !== undefined,
  });
  return data?.delivery ?? null;
}
