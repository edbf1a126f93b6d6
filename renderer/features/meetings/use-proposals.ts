import { useQuery } from '@tanstack/react-query';
import { core } from '../../app/client.ts';

/** What this person proposed, and what waits for them to put on an agenda. */
export function useProposals() {
  return useQuery({ queryKey: ['meetings', 'proposals'], queryFn: () => core.meetings.proposals({}) });
}
