import { NumberInput, Select } from '@mantine/core';
import { UrgencySchema, urgencies } from '#shared/documents/public.ts';
import { circulations, type WorkingDraft } from '#shared/drafting/public.ts';
import { Combo } from '../../ui/combo.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Stack } from '../../ui/gate.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { CoSigners } from './co-signers.tsx';

type DraftFieldsProps = Readonly<{
  draft: Omit<WorkingDraft, 'body' | 'appendices'>;
  onChange: (part: Partial<WorkingDraft>) => void;
  onBlur: () => void;
}>;

/** What the page says around its text: subject, to whom, on what grounds, who receives it. */
export function DraftFields({ draft, onChange, onBlur }: DraftFieldsProps) {
  const words = useWords();
  const { agencies, units } = useDirectory();
  const known = [
    ...agencies.filter(({ own }) => !own).map(({ id, name }) => ({ id, name, kind: 'agency' as const })),
    ...units.map(({ id, name }) => ({ id, name, kind: 'unit' as const })),
  ];
  return (
    <Stack>
      <TextField
        label={words('drafting.field.subject')}
        value={draft.subject}
        rows={2}
        required
        maxLength={500}
        placeholder={words('drafting.field.subject.placeholder')}
        onBlur={onBlur}
        onChange={(subject) => {
          onChange({ subject: subject.replaceAll('\n', ' ') });
        }}
      />
      <Lines
        label={words('drafting.field.addressees')}
        hint={words('drafting.field.lines')}
        lines={draft.addressees}
        onBlur={onBlur}
        onChange={(addressees) => {
          onChange({ addressees });
        }}
      />
      <Lines
        label={words('drafting.field.bases')}
        placeholder={words('drafting.field.bases.placeholder')}
        lines={draft.bases}
        onBlur={onBlur}
        onChange={(bases) => {
          onChange({ bases });
        }}
      />
      <Lines
        label={words('drafting.field.recipients')}
        hint={words('drafting.field.recipients.hint')}
        lines={draft.recipients.map(({ name }) => name)}
        onBlur={onBlur}
        onChange={(names) => {
          onChange({
            recipients: names.map((name) => {
              const there = known.find((one) => one.name === name.trim());
              return { name, kind: there?.kind ?? 'agency' };
            }),
          });
        }}
      />
      <Combo
        label={words('drafting.field.addRecipient')}
        placeholder={words('drafting.field.addRecipient.placeholder')}
        choices={known.map(({ id, name }) => ({ id, label: name }))}
        value={null}
        onChange={(id) => {
          const found = known.find((one) => one.id === id);
          if (found === undefined) return;
          const others = draft.recipients.filter(({ name }) => name.trim() !== '' && name !== found.name);
          onChange({ recipients: [...others, { name: found.name, kind: found.kind }] });
        }}
      />
      <Stack columns={2}>
        <Select
          label={words('drafting.field.urgency')}
          value={draft.urgency}
          allowDeselect={false}
          data={urgencies.map((urgency) => ({ value: urgency, label: words(`urgency.${urgency}`) }))}
          onChange={(urgency) => {
            onChange({ urgency: UrgencySchema.parse(urgency) });
          }}
        />
        <NumberInput
          label={words('drafting.field.copies')}
          min={0}
          max={9999}
          allowDecimal={false}
          value={draft.copies}
          onBlur={onBlur}
          onChange={(copies) => {
            onChange({ copies: Math.min(9999, Math.max(0, Math.trunc(Number(copies) || 0))) });
          }}
        />
      </Stack>
      <TextField
        label={words('drafting.field.drafterMark')}
        hint={words('drafting.field.drafterMark.hint')}
        value={draft.drafterMark ?? ''}
        maxLength={20}
        onBlur={onBlur}
        onChange={(drafterMark) => {
          onChange({ drafterMark });
        }}
      />
      <Stack columns={2}>
        <DayField
          label={words('drafting.field.dueOn')}
          lean="ahead"
          value={draft.dueOn}
          onBlur={onBlur}
          onChange={(dueOn) => {
            onChange({ dueOn });
          }}
        />
        <Select
          label={words('drafting.field.circulation')}
          placeholder={words('drafting.circulation.none')}
          clearable
          value={draft.circulation ?? null}
          data={circulations.map((value) => ({ value, label: words(`drafting.circulation.${value}`) }))}
          onChange={(chosen) => {
            onChange({ circulation: circulations.find((one) => one === chosen) });
          }}
        />
      </Stack>
      <CoSigners
        minutes={draft.kind === 'BB'}
        coSigners={draft.coSigners ?? []}
        onChange={(coSigners) => {
          onChange({ coSigners });
        }}
      />
    </Stack>
  );
}

type LinesProps = Readonly<{
  label: string;
  hint?: string;
  placeholder?: string;
  lines: readonly string[];
  onChange: (lines: string[]) => void;
  onBlur: () => void;
}>;

/** Several short lines, each a thing of its own. */
function Lines({ lines, onChange, ...rest }: LinesProps) {
  return (
    <TextField
      {...rest}
      rows={2}
      value={lines.join('\n')}
      onChange={(text) => {
        onChange(text === '' ? [] : text.split('\n'));
      }}
    />
  );
}
