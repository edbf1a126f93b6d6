import { useState } from 'react';
import {
  ConclusionIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  type Day,
  type MeetingId,
} from '#shared/kernel/public.ts';
import type { AgendaItem } from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../../app/client.ts';
import { DayField } from '../../../ui/day-field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { PersonPicker } from '../../../ui/person-picker.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type ConclusionDialogProps = Readonly<{ meetingId: MeetingId; item: AgendaItem; onClose: () => void }>;

/** A conclusion in words, and whose task it becomes until when. */
export function ConclusionDialog({ meetingId, item, onClose }: ConclusionDialogProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  const act = useSittingAsk(onClose);
  const [ids] = useState(() => ({
    conclusion: ConclusionIdSchema.parse(newId()),
    task: TaskIdSchema.parse(newId()),
  }));
  const [said, setSaid] = useState('');
  const [owner, setOwner] = useState<string | null>(null);
  const [dueOn, setDueOn] = useState<Day | null>(null);
  const [asked, setAsked] = useState(false);
  const missing = said.trim() === '';
  return (
    <FormDialog
      title={words('command.meetings.drawConclusion')}
      confirm={words('command.meetings.drawConclusion')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (missing) return;
        const task = owner === null ? null : { id: ids.task, owner: PersonIdSchema.parse(owner), dueOn };
        const body = { meetingId, itemId: item.id, conclusion: ids.conclusion, words: said.trim(), task };
        act.send(() => ask(core.meetings.drawConclusion, body));
      }}
    >
      <p>{item.title}</p>
      <TextField
        label={words('sitting.conclusion.words')}
        value={said}
        onChange={setSaid}
        rows={3}
        required
        maxLength={2000}
        takesFocus
        error={asked && missing ? words('sitting.conclusion.needed') : null}
      />
      <PersonPicker
        label={words('sitting.conclusion.owner')}
        hint={words('sitting.conclusion.owner.hint')}
        people={pickable()}
        value={owner}
        onChange={setOwner}
      />
      {owner !== null && (
        <DayField label={words('sitting.conclusion.due')} value={dueOn} onChange={setDueOn} lean="ahead" />
      )}
    </FormDialog>
  );
}
