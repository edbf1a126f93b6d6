import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { AgendaItemIdSchema, PersonIdSchema } from '#shared/kernel/public.ts';
import { ItemFieldsSchema, purposes, type AgendaItem, type Meeting } from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { useDirectory } from '../directory/public.ts';
import { ReaderFields, type Readers } from './item-readers.tsx';
import { papersRoles } from './papers-roles.ts';
import { useDossier, useDossierChoices, withChosen } from './use-dossiers.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

type ItemDialogProps = Readonly<{ meeting: Meeting; item: AgendaItem | null; onClose: () => void }>;

type Form = Readers &
  Readonly<{
    title: string;
    purpose: AgendaItem['purpose'];
    rapporteur: string | null;
    minutes: string;
    dossier: string | null;
  }>;

/** Writes an item of the agenda, a new one at its end. */
export function ItemDialog({ meeting, item, onClose }: ItemDialogProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  const [form, setForm] = useState(() => formOf(item));
  const [asked, setAsked] = useState(false);
  const act = useMeetingAsk(onClose);
  const set = (part: Partial<Form>): void => {
    setForm({ ...form, ...part });
  };
  const everybody = pickable(papersRoles);
  const minutes = Number(form.minutes);
  const isTime = Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440;
  const fields = ItemFieldsSchema.safeParse({
    title: form.title,
    purpose: form.purpose,
    rapporteur: form.rapporteur,
    minutes,
    access: form.access === 'named' ? { to: 'named', people: form.people } : { to: form.access },
    excluded: form.excluded.map((person) => ({ person, reason: reasonFor(item, person, form.because) })),
    dossier: form.dossier,
  });
  const send = async (): Promise<void> => {
    if (!fields.success) return;
    const itemId = item?.id ?? AgendaItemIdSchema.parse(newId());
    const of = { meetingId: meeting.id };
    await ask(core.meetings.putItem, { ...of, itemId, fields: fields.data });
    if (item === null) await ask(core.meetings.arrange, { ...of, order: [...meeting.order, itemId] });
  };
  return (
    <FormDialog
      title={words(item === null ? 'meetings.act.item' : 'meetings.item.edit')}
      confirm={words('meetings.save')}
      onClose={onClose}
      size="lg"
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (fields.success) act.send(send, words('meetings.item.saved'));
      }}
    >
      <TextField
        label={words('meetings.item.title')}
        value={form.title}
        onChange={(title) => {
          set({ title });
        }}
        rows={2}
        required
        takesFocus
        maxLength={500}
        error={asked && form.title.trim() === '' ? words('meetings.needed') : null}
      />
      <SegmentedControl
        aria-label={words('meetings.purpose')}
        value={form.purpose}
        onChange={(value) => {
          set({ purpose: purposes.find((one) => one === value) ?? 'decide' });
        }}
        data={purposes.map((purpose) => ({ value: purpose, label: words(`meetings.purpose.${purpose}`) }))}
      />
      <Stack columns={2}>
        <PersonPicker
          label={words('meetings.rapporteur')}
          people={everybody}
          value={form.rapporteur}
          onChange={(rapporteur) => {
            set({ rapporteur });
          }}
        />
        <TextField
          label={words('meetings.item.minutes')}
          value={form.minutes}
          onChange={(text) => {
            set({ minutes: text });
          }}
          required
          maxLength={4}
          error={asked && !isTime ? words('meetings.item.minutes.unclear') : null}
        />
      </Stack>
      <DossierField
        value={form.dossier}
        onChange={(dossier) => {
          set({ dossier });
        }}
      />
      <ReaderFields form={form} onChange={set} people={everybody} asked={asked} />
    </FormDialog>
  );
}

type DossierFieldProps = Readonly<{ value: string | null; onChange: (id: string | null) => void }>;

/** The file an item belongs to, to which what is decided goes back. */
function DossierField({ value, onChange }: DossierFieldProps) {
  const words = useWords();
  const { choices, seek } = useDossierChoices();
  const inside = useDossier(value);
  const hidden = value === null ? null : { id: value, ...unseen(words) };
  const chosen = inside === null ? hidden : (inside?.dossier ?? null);
  return (
    <Combo
      label={words('meetings.item.dossier')}
      choices={withChosen(choices, chosen)}
      value={value}
      onChange={onChange}
      onSeek={seek}
      hint={words('meetings.item.dossier.hint')}
    />
  );
}

/** A file that was chosen by somebody else, and which this person may not see. */
function unseen(words: Words): Readonly<{ title: string; code: string }> {
  return { title: words('meetings.item.dossier.hidden'), code: '' };
}

function formOf(item: AgendaItem | null): Form {
  const { title = '', purpose = 'decide', rapporteur = null, minutes = 20, excluded = [] } = item ?? {};
  const access = item?.access ?? { to: 'everybody' };
  return {
    title,
    purpose,
    rapporteur,
    minutes: String(minutes),
    dossier: item?.dossier ?? null,
    access: access.to,
    people: access.to === 'named' ? access.people : [],
    excluded: excluded.map(({ person }) => person),
    because: excluded[0]?.reason ?? '',
  };
}

/** Whoever was kept out before stays so for the reason that was given, unless it was the one written in the dialog. */
function reasonFor(item: AgendaItem | null, person: string, because: string): string {
  const before = item?.excluded ?? [];
  const own = before.find((one) => one.person === PersonIdSchema.parse(person));
  return own === undefined || own.reason === before[0]?.reason ? because : own.reason;
}
