import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Combo, ComboMany } from '../../ui/combo.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { PeoplePicker } from '../../ui/person-picker.tsx';
import { ProgressList } from '../../ui/progress-list.tsx';
import { QuickPhrases } from '../../ui/quick-phrases.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { emptyDirection, type Directed, type DirectionForm } from './direction-form.ts';
import { useDirecting } from './use-directing.ts';
import '../../ui/dialogs.css';

type DirectionDialogProps = Readonly<{
  opened: boolean;
  onClose: () => void;
  documents: readonly Directed[];
  onDone?: () => void;
}>;

/** The leader's direction: chủ trì, phối hợp, để biết, a deadline each; for one paper or for many at once. */
export function DirectionDialog(props: DirectionDialogProps) {
  const { opened, onClose, documents } = props;
  const words = useWords();
  const [first] = documents;
  const title =
    documents.length === 1 && first !== undefined
      ? words('direction.title', { reference: first.reference })
      : words('direction.title.many', { count: documents.length });
  return (
    <DialogFrame opened={opened} onClose={onClose} size="lg" title={title}>
      <DirectionBody {...props} />
    </DialogFrame>
  );
}

function DirectionBody({ onClose, documents, onDone }: DirectionDialogProps) {
  const words = useWords();
  const [form, setForm] = useState<DirectionForm>(emptyDirection);
  const [asked, setAsked] = useState(false);
  const finish = (): void => {
    onClose();
    onDone?.();
  };
  const directing = useDirecting(documents, finish);
  const takesLead = documents.some(({ hasLead }) => !hasLead);
  const fault = faultIn(form, takesLead);
  const submit = (): void => {
    setAsked(true);
    if (fault === null && !directing.busy) directing.start(form);
  };
  useControlEnter(submit);
  if (directing.items.length > 0) {
    return (
      <div className="dialog">
        <ProgressList
          title={words('direction.progress')}
          items={directing.items}
          onRetry={directing.retry}
          onCancel={directing.cancel}
        />
        <div className="dialog-acts">
          <Button onClick={finish} disabled={directing.busy}>
            {words('ui.dialog.close')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <DirectionFields
        form={form}
        onChange={setForm}
        takesLead={takesLead}
        missing={asked && fault !== null ? words(`direction.fault.${fault}`) : null}
      />
      {directing.error !== null && <Note tone="danger">{directing.error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={directing.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('direction.confirm')}
        </Button>
      </div>
    </form>
  );
}

function DirectionFields(
  props: Readonly<{
    form: DirectionForm;
    onChange: (form: DirectionForm) => void;
    takesLead: boolean;
    missing: string | null;
  }>,
) {
  const { form, onChange, takesLead, missing } = props;
  const words = useWords();
  const { units, pickable, unitName, nameOf } = useDirectory();
  const choices = useMemo(
    () => [
      ...units.map(({ id, name }) => ({ id: `unit:${id}`, label: name, note: words('direction.unit') })),
      ...pickable().map(({ id, name, post, unit }) => ({
        id: `person:${id}`,
        label: name,
        note: `${post} · ${unit}`,
      })),
    ],
    [units, pickable, words],
  );
  const nameAt = (to: string): string => {
    const [kind, id = ''] = to.split(':');
    return kind === 'unit' ? unitName(id) : nameOf(id);
  };
  const assigned = [...(takesLead && form.lead !== null ? [form.lead] : []), ...form.support];
  return (
    <>
      <TextField
        label={words('direction.words')}
        value={form.words}
        rows={2}
        maxLength={2000}
        placeholder={words('direction.words.placeholder')}
        takesFocus={!takesLead}
        onChange={(text) => {
          onChange({ ...form, words: text });
        }}
      />
      <QuickPhrases
        label={words('direction.phrases')}
        phrases={[1, 2, 3, 4, 5].map((place) => words(`direction.phrase.${place}`))}
        value={form.words}
        onChange={(text) => {
          onChange({ ...form, words: text });
        }}
      />
      {takesLead && (
        <Combo
          label={words('task.role.lead')}
          choices={choices.filter(({ id }) => !form.support.includes(id))}
          value={form.lead}
          placeholder={words('direction.pick')}
          required
          takesFocus
          error={missing}
          onChange={(lead) => {
            onChange({ ...form, lead });
          }}
        />
      )}
      <ComboMany
        label={words('task.role.support')}
        choices={choices.filter(({ id }) => id !== form.lead)}
        value={form.support}
        placeholder={words('direction.pick.many')}
        error={takesLead ? null : missing}
        onChange={(support) => {
          onChange({ ...form, support });
        }}
      />
      {assigned.length > 0 && (
        <Stack columns={2}>
          {assigned.map((to) => (
            <DayField
              key={to}
              label={words('direction.due', { name: nameAt(to) })}
              lean="ahead"
              value={form.due[to] ?? null}
              onChange={(day) => {
                onChange({ ...form, due: { ...form.due, [to]: day } });
              }}
            />
          ))}
        </Stack>
      )}
      <PeoplePicker
        label={words('direction.inform')}
        people={pickable()}
        value={form.inform}
        placeholder={words('direction.pick.many')}
        onChange={(inform) => {
          onChange({ ...form, inform });
        }}
      />
    </>
  );
}

function faultIn(form: DirectionForm, takesLead: boolean): 'lead' | 'support' | null {
  if (takesLead && form.lead === null) return 'lead';
  return !takesLead && form.support.length === 0 ? 'support' : null;
}
