import { Button, Modal, NumberInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Day } from '#shared/kernel/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import '../../ui/dialogs.css';

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
export function AssignDialog(props: DialogProps<Assigning>) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('task.assign.title')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <AssignForm {...props} />
    </Modal>
  );
}

function AssignForm({ task, onClose, busy, error, onConfirm }: DialogProps<Assigning>) {
  const words = useWords();
  const { pickable, personOf } = useDirectory();
  const [person, setPerson] = useState<string | null>(null);
  const [dueOn, setDueOn] = useState<Day | null>(task.dueOn);
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState(false);
  const people = pickable().filter(({ id }) => task.unit === null || personOf(id)?.unit === task.unit);
  const submit = (): void => {
    setAsked(true);
    if (person !== null && !busy) onConfirm({ person, words: said, dueOn });
  };
  useControlEnter(submit);
  return (
    <TaskForm
      onClose={onClose}
      busy={busy}
      error={error}
      submit={submit}
      confirm={words('task.assign.confirm')}
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
    </TaskForm>
  );
}

/** How far it is, and what was done. */
export function ProgressDialog(props: DialogProps<Progress>) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('task.progress.title')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <ProgressForm {...props} />
    </Modal>
  );
}

function ProgressForm({ task, onClose, busy, error, onConfirm }: DialogProps<Progress>) {
  const words = useWords();
  const [said, setSaid] = useState('');
  const [percent, setPercent] = useState(task.percent);
  const [asked, setAsked] = useState(false);
  const submit = (): void => {
    setAsked(true);
    if (said.trim() !== '' && !busy) onConfirm({ words: said.trim(), percent });
  };
  useControlEnter(submit);
  return (
    <TaskForm
      onClose={onClose}
      busy={busy}
      error={error}
      submit={submit}
      confirm={words('task.progress.confirm')}
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
    </TaskForm>
  );
}

function TaskForm(
  props: Readonly<{
    onClose: () => void;
    busy: boolean;
    error: string | null;
    submit: () => void;
    confirm: string;
    children: ReactNode;
  }>,
) {
  const words = useWords();
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        props.submit();
      }}
    >
      {props.children}
      {props.error !== null && <Note tone="danger">{props.error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={props.onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={props.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {props.confirm}
        </Button>
      </div>
    </form>
  );
}
