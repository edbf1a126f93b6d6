import { useQuery } from '@tanstack/react-query';
import type { VoteId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { useWords } from '../../ui/use-words.ts';
import { meetingsPath } from './meeting-paths.ts';
import { useMeeting } from './use-meeting.ts';
import { WrittenVote } from './written-vote.tsx';

/** A ballot that somebody is reminded of, to be given on the spot, with the way to the papers it is about. */
export function OwedVote({ id }: Readonly<{ id: VoteId }>) {
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['meetings', 'vote', id],
    queryFn: () => core.meetings.vote({ voteId: id }),
  });
  if (isError && data === undefined) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  return <OfMeeting id={id} meetingId={data.vote.meeting} />;
}

function OfMeeting({ id, meetingId }: Readonly<{ id: VoteId; meetingId: Parameters<typeof useMeeting>[0] }>) {
  const words = useWords();
  const { data } = useMeeting(meetingId);
  if (data === undefined) return null;
  const { title } = data.meeting;
  return (
    <article className="document" aria-label={title}>
      <header className="document-head">
        <h2 className="document-title two-lines">{title}</h2>
      </header>
      <div className="document-body document-tab body-pane" data-scrolls>
        <Facts
          facts={[
            {
              label: words('meetings.proposal.meeting'),
              value: (
                <Link to={pathTo(meetingsPath, { id: meetingId })}>{words('meetings.vote.papers')}</Link>
              ),
              wide: true,
            },
          ]}
        />
        <WrittenVote voteId={id} mayAsk={false} />
      </div>
    </article>
  );
}
