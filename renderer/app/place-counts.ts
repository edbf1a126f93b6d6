import { useQuery } from '@tanstack/react-query';
import { whyNotCall } from '#shared/directory/public.ts';
import { useMoment } from '../ui/moment-context.tsx';
import { core } from './client.ts';
import type { PlaceCounts } from './feature.ts';
import { useSession } from './session.tsx';

/** What waits for this person, place by place; live, because a change makes every answer be asked anew. */
export function usePlaceCounts(): PlaceCounts {
  const { session } = useSession();
  // A new day brings reminders without anything having changed.
  const { today } = useMoment();
  const counts = useQuery({
    queryKey: ['documents', 'counts', today],
    queryFn: () => core.documents.counts({}),
    enabled: whyNotCall('documents.counts', session.person) === null,
  });
  const handing = useQuery({
    queryKey: ['handOvers', 'counts'],
    queryFn: () => core.handOvers.counts({}),
    enabled: whyNotCall('handOvers.counts', session.person) === null,
  });
  const rights = useQuery({
    queryKey: ['access', 'rights'],
    queryFn: () => core.access.rights({}),
    enabled: whyNotCall('access.rights', session.person) === null,
  });
  const meeting = useQuery({
    queryKey: ['meetings', 'waiting'],
    queryFn: () => core.meetings.list({ text: '', when: 'waiting', offset: 0, limit: 1 }),
    enabled: whyNotCall('meetings.list', session.person) === null,
  });
  const journal = rights.data?.changes.filter(({ mayConfirm }) => mayConfirm).length ?? 0;
  const { mine, incoming, outgoing } = counts.data ?? nothing;
  const { files, archive } = handing.data ?? noFiles;
  return { inbox: mine + files, incoming, outgoing, archive, journal, meetings: meeting.data?.total ?? 0 };
}

const nothing = { mine: 0, incoming: 0, outgoing: 0 };
const noFiles = { files: 0, archive: 0 };
