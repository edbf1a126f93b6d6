import { useQuery } from '@tanstack/react-query';
import { whyNotCall } from '#shared/directory/public.ts';
import { core } from './client.ts';
import type { PlaceCounts } from './feature.ts';
import { useSession } from './session.tsx';

/** What waits for this person, place by place; live, because a change makes every answer be asked anew. */
export function usePlaceCounts(): PlaceCounts {
  const { session } = useSession();
  const counts = useQuery({
    queryKey: ['documents', 'counts'],
    queryFn: () => core.documents.counts({}),
    enabled: whyNotCall('documents.counts', session.person) === null,
  });
  if (counts.data === undefined) return {};
  const { mine, incoming, outgoing } = counts.data;
  return { inbox: mine, incoming, outgoing };
}
