import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { signedTogether, type CircuitStep, type Outgoing } from '#shared/documents/public.ts';
import { StepIdSchema, type StepId } from '#shared/kernel/public.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import '../../ui/dialogs.css';

type ReturnDialogProps = Readonly<{
  document: Outgoing;
  step: CircuitStep;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  /** To an earlier step, or to the drafter with null. */
  onReturn: (toStep: StepId | null, reason: string) => void;
}>;

/** Back to the drafter or to somebody who had it before, and why. */
export function ReturnDialog(props: ReturnDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('outgoing.act.return')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <ReturnForm {...props} />
    </Modal>
  );
}

const toDrafter = 'drafter';

function ReturnForm({ document, step, busy, error, onClose, onReturn }: ReturnDialogProps) {
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
    if (missing || busy) return;
    onReturn(target === toDrafter ? null : StepIdSchema.parse(target), reason.trim());
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
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('outgoing.act.return')}
        </Button>
      </div>
    </form>
  );
}
