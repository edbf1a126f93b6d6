import { Tabs } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { AgendaItem } from '#shared/meetings/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { core } from '../../../app/client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListFailed } from '../../../ui/list-states.tsx';
import { Deadline, StateMark } from '../../../ui/marks.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import type { Sitting } from './use-sitting.ts';
import { sayCounts, sayResult } from './vote-words.ts';

type ResultsProps = Readonly<{ sitting: Sitting }>;

/** Kết quả: what was concluded and whose it is to do, and the minutes as far as they write themselves. */
export function ResultsPane({ sitting }: ResultsProps) {
  const words = useWords();
  return (
    <section className="sitting-paper" aria-label={words('sitting.results')}>
      <Tabs defaultValue="results" className="sitting-results">
        <Tabs.List>
          <Tabs.Tab value="results">{words('sitting.results')}</Tabs.Tab>
          {sitting.presides && <Tabs.Tab value="minutes">{words('sitting.minutes-draft')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="results" className="sitting-scroll" tabIndex={0}>
          <Outcomes sitting={sitting} />
        </Tabs.Panel>
        {sitting.presides && (
          <Tabs.Panel value="minutes" className="sitting-scroll" tabIndex={0}>
            <MinutesDraft sitting={sitting} />
          </Tabs.Panel>
        )}
      </Tabs>
    </section>
  );
}

function Outcomes({ sitting: { items } }: ResultsProps) {
  const words = useWords();
  const { data } = useQuery({ queryKey: ['meetings', 'tasks'], queryFn: () => core.meetings.tasks({}) });
  const readable = items.flatMap(({ n, item }) => (item === null ? [] : [{ n, item }]));
  return (
    <ol className="sitting-outcomes">
      {readable.map(({ n, item }) => (
        <li key={item.id}>
          <h3>
            <span className="figures">{n}.</span> {item.title}
          </h3>
          {item.decision !== null && (
            <p>
              {words(`sitting.decided.${item.decision.how}`)}
              {item.decision.words !== '' && `: ${item.decision.words}`}
            </p>
          )}
          {item.votes.map((id) => (
            <VoteOutcome key={id} id={id} />
          ))}
          <Conclusions item={item} tasks={data?.tasks ?? []} />
        </li>
      ))}
    </ol>
  );
}

/** What a vote on it came to, with its numbers. */
function VoteOutcome({ id }: Readonly<{ id: AgendaItem['votes'][number] }>) {
  const words = useWords();
  const { data } = useQuery({
    queryKey: ['meetings', 'vote', id],
    queryFn: () => core.meetings.vote({ voteId: id }),
  });
  if (data === undefined || data.vote.state !== 'closed' || data.result === null) return null;
  const { vote, result } = data;
  return (
    <p className="figures">
      {vote.question.words}: <strong>{sayResult(result, vote, words)}</strong>
      {result.of === 'motion' && <span className="dim"> {sayCounts(result, words)}.</span>}
    </p>
  );
}

function Conclusions({ item, tasks }: Readonly<{ item: AgendaItem; tasks: readonly Task[] }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  if (item.conclusions.length === 0) return null;
  return (
    <ul>
      {item.conclusions.map(({ id, words: said, owner, dueOn, task }) => {
        const given = tasks.find((one) => one.id === task);
        return (
          <li key={id}>
            <p>{said}</p>
            {owner !== null && (
              <p className="dim sitting-given">
                <IconListCheck size="1rem" stroke={1.75} aria-hidden />
                {words('sitting.given-to', { name: nameOf(owner) })}
                {dueOn !== null && <Deadline due={dueOn} />}
                {given !== undefined && <StateMark label={words(`state.task.${given.state}`)} />}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function MinutesDraft({ sitting: { meeting } }: ResultsProps) {
  const words = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['meetings', 'minutes', meeting.id],
    queryFn: () => core.meetings.minutesDraft({ meetingId: meeting.id }),
  });
  if (error !== null) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null;
  if (data.sections.length === 0) {
    return <EmptyState icon={IconListCheck} title={words('sitting.minutes-none')} />;
  }
  // Told as the agency writes them, whatever the language of the screen.
  return (
    <article lang="vi" className="sitting-minutes">
      {data.sections.map((section) => (
        <div key={section.join('\n')}>
          {section.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ))}
    </article>
  );
}
