import { useQuery } from '@tanstack/react-query';
import type { MeetingId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';

/** One meeting as this person may see it; looked at again whenever anything of it changes. */
export function useMeeting(meetingId: MeetingId) {
  return useQuery({
    queryKey: ['meetings', 'page', meetingId],
    queryFn: () => core.meetings.page({ meetingId }),
  });
}
