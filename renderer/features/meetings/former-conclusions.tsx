import type { MeetingPage } from '#shared/meetings/public.ts';
import { Deadline } from '../../ui/marks.tsx';
import { RelativeDay } from '../../ui/relative-time.tsx';
import { dayOf } from '#shared/kernel/public.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';

/** What the body concluded before and is not done yet: shown at each meeting until it is. */
export function FormerConclusions({ former }: Pick<MeetingPage, 'former'>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  if (former.length === 0) return null;
  return (
    <details className="former">
      <summary>{words('meetings.former', { count: former.length })}</summary>
      <ul>
        {former.map(({ task, startsAt }) => (
          <li key={task.id}>
            {task.words}{' '}
            <span className="dim">
              {task.person !== null && nameOf(task.person)} · {words('meetings.former.from')}{' '}
              <RelativeDay day={dayOf(startsAt)} />
            </span>{' '}
            {task.dueOn !== null && <Deadline due={task.dueOn} short />}
          </li>
        ))}
      </ul>
    </details>
  );
}
