import { Select } from '@mantine/core';
import { useState } from 'react';
import { waysToAttend, type Meeting, type Presence } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type AttendanceDialogProps = Readonly<{ meeting: Meeting; onClose: () => void }>;
type Marked = Readonly<{ how: Presence['how'] | null; reason: string }>;

/** The list as the secretary keeps it: in the room, from elsewhere, or absent and why. */
export function AttendanceDialog({ meeting, onClose }: AttendanceDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const act = useSittingAsk(onClose);
  const [marks, setMarks] = useState<Readonly<Record<string, Marked>>>({});
  const [asked, setAsked] = useState(false);
  const before = (person: string): Marked => {
    const presence = meeting.presence[person];
    const isThere = presence?.here === true || presence?.how === 'absent';
    return { how: isThere ? presence.how : null, reason: presence?.reason ?? '' };
  };
  const of = (person: string): Marked => marks[person] ?? before(person);
  const changed = meeting.invitees.flatMap(({ person }) => {
    const { how, reason } = of(person);
    const was = before(person);
    const isSame = how === was.how && (how !== 'absent' || reason.trim() === was.reason);
    return how === null || isSame ? [] : [{ person, how, reason: how === 'absent' ? reason.trim() : '' }];
  });
  const mark = (person: string, part: Partial<Marked>): void => {
    setMarks((known) => ({ ...known, [person]: { ...of(person), ...part } }));
  };
  const lacks = (person: string) => of(person).how === 'absent' && of(person).reason.trim() === '';
  return (
    <FormDialog
      title={words('sitting.attendance')}
      confirm={words('sitting.attendance.confirm')}
      size="lg"
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={changed.length === 0}
      onSubmit={() => {
        setAsked(true);
        if (changed.some(({ person }) => lacks(person))) return;
        act.send(() => ask(core.meetings.markAttendance, { meetingId: meeting.id, marks: changed }));
      }}
    >
      <ul className="sitting-attendance" data-scrolls>
        {meeting.invitees.map(({ person }) => (
          <li key={person}>
            <Select
              label={nameOf(person)}
              placeholder={words('sitting.how.unseen')}
              allowDeselect={false}
              value={of(person).how}
              data={waysToAttend.map((how) => ({ value: how, label: words(`sitting.how.${how}`) }))}
              onChange={(how) => {
                mark(person, { how: waysToAttend.find((way) => way === how) ?? null });
              }}
            />
            {of(person).how === 'absent' && (
              <TextField
                label={words('sitting.attendance.reason')}
                value={of(person).reason}
                onChange={(reason) => {
                  mark(person, { reason });
                }}
                required
                maxLength={500}
                error={asked && lacks(person) ? words('sitting.attendance.reason.needed') : null}
              />
            )}
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}
