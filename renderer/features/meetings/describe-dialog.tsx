import { useState } from 'react';
import type { Meeting } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { ConflictsNote } from './conflicts-note.tsx';
import { MeetingFields } from './meeting-fields.tsx';
import { fieldsOf, formOf } from './meeting-form.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

/** Writes anew what a meeting is about, when and where. */
export function DescribeDialog({ meeting, onClose }: Readonly<{ meeting: Meeting; onClose: () => void }>) {
  const words = useWords();
  const [form, setForm] = useState(() => formOf(meeting));
  const [asked, setAsked] = useState(false);
  const act = useMeetingAsk(onClose);
  const fields = fieldsOf(form);
  return (
    <FormDialog
      title={words('meetings.describe')}
      confirm={words('meetings.save')}
      onClose={onClose}
      size="lg"
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (fields === null) return;
        act.send(
          () => ask(core.meetings.describe, { meetingId: meeting.id, fields }),
          words('meetings.described'),
        );
      }}
    >
      <MeetingFields form={form} onChange={setForm} places={[meeting.place]} asked={asked} />
      {meeting.kind === 'session' && fields !== null && (
        <ConflictsNote
          meetingId={meeting.id}
          fields={fields}
          people={meeting.invitees.map(({ person }) => person)}
        />
      )}
    </FormDialog>
  );
}
