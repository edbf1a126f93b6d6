import { useQuery } from '@tanstack/react-query';
import type { Body } from '#shared/meetings/public.ts';
import { core } from '../../app/client.ts';

export const noBodies: readonly Body[] = [];

/** The bodies of the agency with all who sit or sat in them. */
export function useBodies() {
  return useQuery({ queryKey: ['meetings', 'bodies'], queryFn: () => core.meetings.bodies({}) });
}
