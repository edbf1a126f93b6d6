import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { ListEntrySchema, type ListEntry } from '#shared/dossiers/public.ts';
import { Note, Stack } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { retentionChoices, retentionFrom } from './retention-words.ts';
import '../../ui/dialogs.css';

type EntryDialogProps = Readonly<{
  /** Null for a new line. */
  entry: ListEntry | null;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  /** Null takes the line away. */
  onDone: (entry: ListEntry | null) => void;
}>;

type Typed = Omit<ListEntry, 'retention' | 'maker'> &
  Readonly<{ retention: string | null; maker: string | null }>;

const blank: Typed = { code: '', heading: '', title: '', retention: null, maker: null, note: '' };

/** One line of the danh mục. */
export function EntryDialog(props: EntryDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words(props.entry === null ? 'dossiers.act.addEntry' : 'dossiers.act.changeEntry')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <EntryForm {...props} />
    </Modal>
  );
}

function EntryForm({ entry, busy, error, onClose, onDone }: EntryDialogProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  const [typed, setTyped] = useState<Typed>(() =>
    entry === null ? blank : { ...entry, retention: String(entry.retention) },
  );
  const [asked, setAsked] = useState(false);
  const change = (more: Partial<Typed>): void => {
    setTyped((known) => ({ ...known, ...more }));
  };
  const wrong = (is: boolean, sentence: string): string | null => (asked && is ? words(sentence) : null);
  const read = ListEntrySchema.safeParse({ ...typed, retention: retentionFrom(typed.retention) });
  const submit = (): void => {
    setAsked(true);
    if (read.success && !busy) onDone(read.data);
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack columns={2}>
        <TextField
          label={words('dossiers.code')}
          value={typed.code}
          onChange={(code) => {
            change({ code });
          }}
          required
          takesFocus
          maxLength={20}
          error={wrong(!ListEntrySchema.shape.code.safeParse(typed.code).success, 'dossiers.code.wrong')}
        />
        <TextField
          label={words('dossiers.entry.heading')}
          value={typed.heading}
          onChange={(heading) => {
            change({ heading });
          }}
          maxLength={200}
        />
      </Stack>
      <TextField
        label={words('dossiers.title')}
        value={typed.title}
        onChange={(title) => {
          change({ title });
        }}
        rows={2}
        required
        maxLength={500}
        error={wrong(typed.title.trim() === '', 'dossiers.missing')}
      />
      <Stack columns={2}>
        <Select
          label={words('dossiers.retention')}
          required
          data={retentionChoices(words)}
          value={typed.retention}
          onChange={(retention) => {
            change({ retention });
          }}
          error={wrong(typed.retention === null, 'dossiers.missing')}
        />
        <PersonPicker
          label={words('dossiers.maker')}
          people={pickable()}
          value={typed.maker}
          onChange={(maker) => {
            change({ maker });
          }}
        />
      </Stack>
      <TextField
        label={words('dossiers.note')}
        value={typed.note}
        onChange={(note) => {
          change({ note });
        }}
        maxLength={500}
      />
      {error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        {entry !== null && (
          <Button
            variant="subtle"
            color="danger"
            onClick={() => {
              onDone(null);
            }}
          >
            {words('dossiers.act.dropEntry')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words(entry === null ? 'dossiers.act.addEntry' : 'dossiers.act.changeEntry')}
        </Button>
      </div>
    </form>
  );
}
