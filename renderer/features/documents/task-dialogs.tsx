import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Day } from '#shared/kernel/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';

type DialogProps<Answer> = Readonly<{
  task: Task;
  onClose: () => void;
  busy: boolean;
  error: string | null;
  onConfirm: (answer: Answer) => void;
}>;

export type Assigning = Readonly<{ person: string; words: string; dueOn: Day | null }>;
export type Progress = Readonly<{ words: string; percent: number }>;

/** The unit's head names who does it, until when. */
export function AssignDialog({ task, onClose, busy, error, onConfirm }: DialogProps<Assigning>) {
  const words = useWords();
  const { pickable, personOf } = useDirectory();
  const [person, setPerson] = useState<string | null>(null);
  const [dueOn, setDueOn] = useState<Day | null>(task.dueOn);
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState(false);
  const people = pickable().filter(({ id }) => task.unit === null || personOf(id)?.unit === task.unit);
  const submit = (): void => {
    setAsked(true);
    if (person !== null) onConfirm({ person, words: said, dueOn });
  };
  return (
    <FormDialog
      title={words('task.assign.title')}
      confirm={words('task.assign.confirm')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <PersonPicker
        label={words('task.assign.person')}
        people={people}
        value={person}
        onChange={setPerson}
        placeholder={words('direction.pick')}
        required
        takesFocus
        error={asked && person === null ? words('task.assign.missing') : null}
      />
      <DayField label={words('task.due')} lean="ahead" value={dueOn} onChange={setDueOn} />
      <TextField label={words('task.words')} rows={2} maxLength={2000} value={said} onChange={setSaid} />
    </FormDialog>
  );
}

/** How far it is, and what was done. */
export function ProgressDialog({ task, onClose, busy, error, onConfirm }: DialogProps<Progress>) {
  const words = useWords();
  const [said, setSaid] = useState('');
  const [percent, setPercent] = useState(task.percent);
  const [asked, setAsked] = useState(false);
  const submit = (): void => {
    setAsked(true);
    if (said.trim() !== '') onConfirm({ words: said.trim(), percent });
  };
  return (
    <FormDialog
      title={words('task.progress.title')}
      confirm={words('task.progress.confirm')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <TextField
        label={words('task.progress.words')}
        rows={3}
        maxLength={1000}
        required
        takesFocus
        value={said}
        onChange={setSaid}
        error={asked && said.trim() === '' ? words('task.progress.missing') : null}
      />
      <NumberInput
        label={words('task.progress.percent')}
        min={0}
        max={100}
        step={10}
        suffix=" %"
        allowDecimal={false}
        value={percent}
        onChange={(value) => {
          setPercent(Math.min(100, Math.max(0, Number(value) || 0)));
        }}
      />
    </FormDialog>
  );
}
