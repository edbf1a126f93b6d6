import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TaskId } from '#shared/kernel/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { Deadline, StateMark } from '../../ui/marks.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { meetingsPath } from '../meetings/public.ts';
import { useMe } from '../session/public.ts';
import { TaskDialog } from './incoming-dialog.tsx';
import { taskOffers, type IncomingOffer } from './incoming-offers.ts';
import { offerLooks } from './use-incoming-actions.tsx';
import { useTaskAct } from './use-incoming-act.ts';
import './meeting-task.css';

/** One thing that a meeting concluded: what it is, where it was said, how far it is, and what can be done. */
export function MeetingTask({ id }: Readonly<{ id: TaskId }>) {
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['meetings', 'task', id],
    queryFn: () => core.meetings.task({ taskId: id }),
  });
  if (isError && data === undefined) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  return <WholeTask task={data.task} opens={data.opens} />;
}

function WholeTask({ task, opens }: Readonly<{ task: Task; opens: boolean }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { person: me } = useMe();
  const [asking, setAsking] = useState<IncomingOffer | null>(null);
  const close = (): void => {
    setAsking(null);
  };
  const act = useTaskAct(close);
  const { meeting, giver, person, dueOn, said, state, percent } = task;
  const title = meeting?.title ?? '';
  const stands = words(`state.task.${state}`);
  const isOver = state === 'done' || state === 'withdrawn';
  return (
    <article className="meeting-task" aria-label={task.words}>
      <div className="meeting-task-body" data-scrolls>
        <h2 className="document-title">{task.words}</h2>
        <p className="standing">
          <StateMark
            label={state === 'in-progress' ? words('task.percent', { state: stands, percent }) : stands}
            tone={isOver ? 'plain' : 'action'}
          />
          {dueOn !== null && <Deadline due={dueOn} done={isOver} />}
        </p>
        <Facts
          facts={[
            {
              label: words('task.meeting'),
              value:
                opens && meeting !== undefined ? (
                  <Link to={pathTo(meetingsPath, { id: meeting.id })}>{title}</Link>
                ) : (
                  title
                ),
              wide: true,
            },
            { label: words('task.giver'), value: nameOf(giver) },
            { label: words('task.doer'), value: person === null ? null : nameOf(person) },
            ...(said === undefined ? [] : [{ label: words('task.said'), value: said, wide: true }]),
          ]}
        />
      </div>
      <ActionBar
        label={words('task.acts')}
        actions={taskOffers({ tasks: [task], me }).map((offer) => ({
          id: offer.id,
          label: words(`documents.act.${offer.id}`),
          ...offerLooks[offer.id],
          whyNot: offer.refusal === null ? null : { reason: sentenceOf(offer.refusal, words) },
          run: () => {
            if (offer.id === 'acceptTask') act.send({ id: offer.id, task });
            else {
              act.reset();
              setAsking(offer);
            }
          },
        }))}
      />
      {asking !== null && <TaskDialog offer={asking} act={act} onClose={close} />}
    </article>
  );
}
