import { Select } from '@mantine/core';
import { useState } from 'react';
import { signedTogether, type CircuitStep, type Outgoing } from '#shared/documents/public.ts';
import { StepIdSchema, type StepId } from '#shared/kernel/public.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';

type ReturnDialogProps = Readonly<{
  document: Outgoing;
  step: CircuitStep;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  /** To an earlier step, or to the drafter with null. */
  onReturn: (toStep: StepId | null, reason: string) => void;
}>;

const toDrafter = 'drafter';

/** Back to the drafter or to somebody who had it before, and why. */
export function ReturnDialog({ document, step, busy, error, onClose, onReturn }: ReturnDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const [target, setTarget] = useState(toDrafter);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const place = document.circuit.findIndex(({ id }) => id === step.id);
  const earlier = document.circuit
    .slice(0, signedTogether(document.circuit, Math.max(0, place)).end)
    .filter(({ outcome }) => outcome === 'passed');
  const missing = reason.trim() === '';
  const submit = (): void => {
    setAsked(true);
    if (!missing) onReturn(target === toDrafter ? null : StepIdSchema.parse(target), reason.trim());
  };
  return (
    <FormDialog
      title={words('outgoing.act.return')}
      confirm={words('outgoing.act.return')}
      onClose={onClose}
      busy={busy}
      error={null}
      onSubmit={submit}
    >
      <Select
        label={words('outgoing.return.to')}
        allowDeselect={false}
        value={target}
        data={[
          { value: toDrafter, label: words('outgoing.return.drafter', { name: nameOf(document.drafter) }) },
          ...earlier.map(({ id, kind, person }) => ({
            value: id,
            label: words('outgoing.return.step', { step: words(`step.${kind}`), name: nameOf(person) }),
          })),
        ]}
        onChange={(value) => {
          setTarget(value ?? toDrafter);
        }}
      />
      <TextField
        label={words('ui.reason.label')}
        placeholder={words('ui.reason.placeholder')}
        value={reason}
        rows={4}
        required
        takesFocus
        maxLength={1000}
        error={error ?? (asked && missing ? words('ui.reason.needed') : null)}
        onChange={setReason}
      />
    </FormDialog>
  );
}
