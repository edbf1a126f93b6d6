import { useQuery } from '@tanstack/react-query';
import type { Standing } from '#shared/sync/public.ts';
import { core } from '../../app/client.ts';

export const standingKey = ['sync', 'standing'];
const lookAgainMs = 1500;

/** How this desk stands with its server; null where it has none, undefined before the first answer. */
export function useStanding(): Standing | null | undefined {
  const { data } = useQuery({
    queryKey: standingKey,
    queryFn: () => core.sync.standing({}),
    refetchInterval: ({ state }) => (state.data?.standing === null ? false : lookAgainMs),
  });
  return data?.standing;
}
