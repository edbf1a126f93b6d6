import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { RetentionRuleSchema, type RetentionRule } from '#shared/dossiers/public.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { retentionChoices, retentionFrom } from './retention-words.ts';

type RetentionDialogProps = Readonly<{
  /** Null for a new rule. */
  rule: RetentionRule | null;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  /** Null takes the rule away. */
  onDone: (rule: RetentionRule | null) => void;
}>;

const certainties = RetentionRuleSchema.shape.sure.options;

/** One rule of the agency's own: what a title must speak of, the term, what says so, and whether somebody read it there. */
export function RetentionDialog({ rule, busy, error, onClose, onDone }: RetentionDialogProps) {
  const words = useWords();
  const [said, setSaid] = useState(rule?.words.join('; ') ?? '');
  const [term, setTerm] = useState<string | null>(rule === null ? null : String(rule.retention));
  const [basis, setBasis] = useState(rule?.basis ?? '');
  const [sure, setSure] = useState<string | null>(rule?.sure ?? 'read');
  const read = RetentionRuleSchema.safeParse({
    words: said
      .split(';')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    retention: retentionFrom(term),
    basis,
    sure,
  });
  const title = words(rule === null ? 'retention.act.add' : 'retention.act.change');
  return (
    <FormDialog
      title={title}
      confirm={title}
      onClose={onClose}
      busy={busy}
      error={error}
      blocked={!read.success || basis.trim() === ''}
      onSubmit={() => {
        if (read.success) onDone(read.data);
      }}
      more={
        rule !== null && (
          <Button
            variant="subtle"
            color="danger"
            onClick={() => {
              onDone(null);
            }}
          >
            {words('retention.act.drop')}
          </Button>
        )
      }
    >
      <TextField
        label={words('retention.words')}
        hint={words('retention.words.hint')}
        value={said}
        onChange={setSaid}
        required
        takesFocus
        maxLength={500}
      />
      <TextField
        label={words('retention.basis')}
        hint={words('retention.basis.hint')}
        value={basis}
        onChange={setBasis}
        required
        maxLength={200}
      />
      <Stack columns={2}>
        <Select
          label={words('dossiers.retention')}
          required
          data={retentionChoices(words)}
          value={term}
          onChange={setTerm}
        />
        <Select
          label={words('retention.sure')}
          allowDeselect={false}
          data={certainties.map((one) => ({ value: one, label: words(`retention.sure.${one}`) }))}
          value={sure}
          onChange={setSure}
        />
      </Stack>
    </FormDialog>
  );
}
