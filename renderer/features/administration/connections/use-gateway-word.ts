import { useQuery } from '@tanstack/react-query';
import { core } from '../../../app/client.ts';
import { connectionsKey } from './connections-key.ts';

/** What the gateway in the agency's server says: its warnings, and how its lines stand; the server has to be in reach. */
export function useGatewayWord() {
  return useQuery({
    queryKey: [...connectionsKey, 'alarms'],
    queryFn: () => core.exchange.alarms({}),
    retry: false,
  });
}
