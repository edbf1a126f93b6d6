import { useState } from 'react';
import type { MeetingId } from '#shared/kernel/public.ts';
import type { AgendaItem } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type NoteDialogProps = Readonly<{ meetingId: MeetingId; item: AgendaItem; onClose: () => void }>;

/** The secretary's note on an item, which the minutes begin with. */
export function NoteDialog({ meetingId, item, onClose }: NoteDialogProps) {
  const words = useWords();
  const act = useSittingAsk(onClose);
  const [said, setSaid] = useState('');
  return (
    <FormDialog
      title={words('command.meetings.takeNote')}
      confirm={words('sitting.note.confirm')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={said.trim() === ''}
      onSubmit={() => {
        act.send(() => ask(core.meetings.takeNote, { meetingId, itemId: item.id, words: said.trim() }));
      }}
    >
      <p>{item.title}</p>
      {item.notes.length > 0 && (
        <ul>
          {item.notes.map(({ at, words: text }) => (
            <li key={at}>{text}</li>
          ))}
        </ul>
      )}
      <TextField
        label={words('sitting.note.words')}
        value={said}
        onChange={setSaid}
        rows={4}
        required
        maxLength={2000}
        takesFocus
      />
    </FormDialog>
  );
}
