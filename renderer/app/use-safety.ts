import { useQuery } from '@tanstack/react-query';
import { core } from './client.ts';

export const safetyKey = ['safety'];
export type Safety = Awaited<ReturnType<typeof core.session.safety>>;

/** How this desk is copied elsewhere. */
export function useSafety() {
  return useQuery({ queryKey: safetyKey, queryFn: () => core.session.safety({}) });
}
