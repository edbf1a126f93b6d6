import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconFlame,
  IconHelpCircle,
  IconUrgent,
} from '@tabler/icons-react';
import type { Day } from '#shared/kernel/public.ts';
import { deadlineState, formatDay, sayDeadline, sayDeadlineShort } from './moments.ts';
import { useMoment } from './moment-context.tsx';
import { useWords } from './use-words.ts';
import './marks.css';

export type Tone = 'plain' | 'action' | 'soon' | 'danger' | 'proven';
export type Urgency = 'normal' | 'urgent' | 'very-urgent' | 'flash';
export type Proof = 'proven' | 'broken' | 'unclear';

/** A state as a word with a shape: filled where it asks something of this person, ringed otherwise. */
export function StateMark({
  label,
  tone = 'plain',
  waiting = false,
}: Readonly<{ label: string; tone?: Tone; waiting?: boolean }>) {
  return (
    <span className="mark" data-tone={tone}>
      <span className="mark-dot" data-filled={waiting || undefined} aria-hidden />
      {label}
    </span>
  );
}

/** Khẩn, Thượng khẩn, Hỏa tốc (NĐ 30 Đ8); nothing for an ordinary document. Red is kept for Hỏa tốc. */
export function UrgencyMark({ urgency }: Readonly<{ urgency: Urgency }>) {
  const words = useWords();
  if (urgency === 'normal') return null;
  const Shape = urgency === 'flash' ? IconFlame : IconUrgent;
  return (
    <span className="urgency" data-urgency={urgency}>
      <Shape size="0.875rem" stroke={2} aria-hidden />
      {words(`ui.urgency.${urgency}`)}
    </span>
  );
}

/** A deadline in working days, red with a triangle once overdue, amber when near; the exact day on hover. */
export function Deadline(props: Readonly<{ due: Day; done?: boolean; short?: boolean }>) {
  const { due, done = false, short = false } = props;
  const words = useWords();
  const { today, calendar } = useMoment();
  const state = done ? 'ahead' : deadlineState(due, today, calendar);
  const full = sayDeadline(due, today, calendar, words);
  const said = short ? sayDeadlineShort(due, today, calendar, words) : full;
  return (
    <time
      className="deadline figures"
      data-state={state}
      dateTime={due}
      title={done ? formatDay(due) : `${full} · ${words('ui.deadline.label')} ${formatDay(due)}`}
    >
      {state === 'overdue' && <IconAlertTriangle size="0.875rem" stroke={2} aria-hidden />}
      {done ? formatDay(due, today) : said}
    </time>
  );
}

/** What checking a signature proved; green for proven valid only. */
export function ProofMark({ proof, label }: Readonly<{ proof: Proof; label?: string }>) {
  const words = useWords();
  const Shape = { proven: IconCircleCheck, broken: IconCircleX, unclear: IconHelpCircle }[proof];
  return (
    <span className="proof" data-proof={proof}>
      <Shape size="1rem" stroke={1.75} aria-hidden />
      {label ?? words(`ui.proof.${proof}`)}
    </span>
  );
}
