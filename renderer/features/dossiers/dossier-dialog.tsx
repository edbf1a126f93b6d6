import { Checkbox, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  accessModes,
  DossierFieldsSchema,
  type Dossier,
  type DossierFields,
} from '#shared/dossiers/public.ts';
import { DossierIdSchema, yearOf, type Day, type DossierId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { retentionChoices, retentionFrom } from './retention-words.ts';
import { SuggestedTerm } from './suggested-term.tsx';
import { useDossierAsk } from './use-dossier-ask.ts';

type Described =
  | Readonly<{ kind: 'open' }>
  | Readonly<{ kind: 'part'; whole: Dossier }>
  | Readonly<{ kind: 'describe'; dossier: Dossier }>;
type DossierDialogProps = Readonly<{
  doing: Described;
  onClose: () => void;
  onDone: (id: DossierId) => void;
}>;

type Typed = Omit<DossierFields, 'retention' | 'startedOn'> &
  Readonly<{ retention: string | null; startedOn: Day | null }>;

function begun(doing: Described, today: Day): Typed {
  if (doing.kind === 'describe') {
    const { code, title, retention, mode, keywords, description, startedOn, construction } = doing.dossier;
    const said = { code, title, mode, keywords, description, startedOn, construction };
    return { ...said, retention: String(retention) };
  }
  const blank = {
    code: '',
    title: '',
    mode: 'open' as const,
    keywords: '',
    description: '',
    startedOn: today,
  };
  if (doing.kind === 'open') return { ...blank, retention: null };
  const { code, parts, retention, mode } = doing.whole;
  return { ...blank, code: `${code}.${parts.length + 1}`, retention: String(retention), mode };
}

/** Opens a file, from the list of its year or outside it; opens a part of one; or puts its particulars right. */
export function DossierDialog({ doing, onClose, onDone }: DossierDialogProps) {
  const words = useWords();
  const { today } = useMoment();
  const { person } = useMe();
  const [typed, setTyped] = useState<Typed>(begun(doing, today));
  const [asked, setAsked] = useState(false);
  const [id] = useState(() => DossierIdSchema.parse(newId()));
  const change = (more: Partial<Typed>): void => {
    setTyped((known) => ({ ...known, ...more }));
  };
  const year = yearOf(typed.startedOn ?? today);
  const { data } = useQuery({
    queryKey: ['dossiers', 'fileList', year],
    queryFn: () => core.dossiers.fileList({ year }),
    enabled: doing.kind === 'open',
  });
  const list = data?.list ?? null;
  const lines =
    list === null || list.approved === null
      ? []
      : list.entries.filter(({ code }) => list.taken[code] === undefined);
  const chosen = lines.find(({ code }) => code === typed.code);
  const act = useDossierAsk(() => {
    onDone(doing.kind === 'describe' ? doing.dossier.id : id);
  });
  const fields = DossierFieldsSchema.safeParse({ ...typed, retention: retentionFrom(typed.retention) });
  const submit = (): void => {
    setAsked(true);
    if (!fields.success) return;
    if (doing.kind === 'describe') {
      const { code: _code, ...rest } = fields.data;
      const body = { dossierId: doing.dossier.id, fields: rest };
      act.send({ id: 'describe', run: () => ask(core.dossiers.describe, body) });
      return;
    }
    const parent = doing.kind === 'part' ? doing.whole.id : null;
    const body = { dossierId: id, fields: fields.data, maker: person.id, parent };
    act.send({ id: doing.kind, run: () => ask(core.dossiers.open, body) });
  };
  const missing = (is: boolean): string | null => (asked && is ? words('dossiers.missing') : null);
  return (
    <FormDialog
      title={words(`dossiers.act.${doing.kind}`)}
      confirm={words(`dossiers.act.${doing.kind}`)}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={submit}
      size="lg"
    >
      <SuggestField
        label={words('dossiers.code')}
        value={typed.code}
        suggestions={lines.map(({ code, title }) => `${code} · ${title}`)}
        onChange={(value) => {
          // A line of the list is taken whole: code, title and retention.
          const line = lines.find(({ code, title }) => value === `${code} · ${title}`);
          if (line === undefined) change({ code: value });
          else change({ code: line.code, title: line.title, retention: String(line.retention) });
        }}
        hint={
          chosen === undefined
            ? doing.kind === 'open'
              ? words('dossiers.code.hint')
              : null
            : words('dossiers.inList.yes')
        }
        disabled={doing.kind !== 'open'}
        required
        takesFocus={doing.kind === 'open'}
        maxLength={540}
        error={
          asked && !DossierFieldsSchema.shape.code.safeParse(typed.code).success
            ? words('dossiers.code.wrong')
            : null
        }
      />
      <TextField
        label={words('dossiers.title')}
        value={typed.title}
        onChange={(title) => {
          change({ title });
        }}
        rows={2}
        required
        takesFocus={doing.kind !== 'open'}
        maxLength={500}
        error={missing(typed.title.trim() === '')}
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
          error={missing(typed.retention === null)}
          description={
            <SuggestedTerm
              asked={{ year, code: typed.code, title: typed.title }}
              chosen={typed.retention}
              onTake={(retention) => {
                change({ retention });
              }}
            />
          }
        />
        <Select
          label={words('dossiers.mode')}
          allowDeselect={false}
          data={accessModes.map((mode) => ({ value: mode, label: words(`dossiers.mode.${mode}`) }))}
          value={typed.mode}
          onChange={(mode) => {
            if (mode !== null) change({ mode });
          }}
        />
      </Stack>
      <Stack columns={2}>
        <DayField
          label={words('dossiers.startedOn')}
          value={typed.startedOn}
          onChange={(startedOn) => {
            change({ startedOn });
          }}
          lean="behind"
          required
        />
        <TextField
          label={words('dossiers.keywords')}
          value={typed.keywords}
          onChange={(keywords) => {
            change({ keywords });
          }}
          maxLength={100}
        />
      </Stack>
      <TextField
        label={words('dossiers.description')}
        value={typed.description}
        onChange={(description) => {
          change({ description });
        }}
        rows={2}
        maxLength={500}
      />
      {doing.kind !== 'part' && (
        <Checkbox
          size="sm"
          label={words('dossiers.construction')}
          checked={typed.construction === true}
          onChange={(event) => {
            change({ construction: event.currentTarget.checked });
          }}
        />
      )}
    </FormDialog>
  );
}
