import { useState } from 'react';
import { DialogFrame } from './dialog-frame.tsx';
import { DialogForm } from './form-dialog.tsx';
import { TextField } from './text-field.tsx';
import { useWords } from './use-words.ts';

type ReasonFormProps = Readonly<{
  onClose: () => void;
  /** What will happen, in one sentence. */
  text?: string;
  label?: string;
  confirm: string;
  danger?: boolean;
  required?: boolean;
  busy?: boolean;
  error?: string | null;
  onConfirm: (reason: string) => void;
}>;

type ReasonDialogProps = ReasonFormProps & Readonly<{ opened: boolean; title: string }>;

/** Asks why before an act that needs a reason (return, refuse, recall); Ctrl+Enter confirms. */
export function ReasonDialog({ opened, title, ...form }: ReasonDialogProps) {
  return (
    <DialogFrame opened={opened} onClose={form.onClose} title={title}>
      <ReasonForm {...form} />
    </DialogFrame>
  );
}

function ReasonForm(props: ReasonFormProps) {
  const {
    onClose,
    text,
    label,
    confirm,
    danger = false,
    required = true,
    busy = false,
    error = null,
    onConfirm,
  } = props;
  const words = useWords();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = required && reason.trim() === '';
  return (
    <DialogForm
      onClose={onClose}
      confirm={confirm}
      danger={danger}
      busy={busy}
      error={null}
      onSubmit={() => {
        setAsked(true);
        if (!missing) onConfirm(reason.trim());
      }}
    >
      {text !== undefined && <p>{text}</p>}
      <TextField
        label={label ?? words('ui.reason.label')}
        value={reason}
        onChange={setReason}
        rows={4}
        required={required}
        takesFocus
        placeholder={words('ui.reason.placeholder')}
        error={error ?? (asked && missing ? words('ui.reason.needed') : null)}
      />
    </DialogForm>
  );
}
