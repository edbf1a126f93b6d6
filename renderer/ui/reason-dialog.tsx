import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { KeyCaps } from './key-caps.tsx';
import { TextField } from './text-field.tsx';
import { useControlEnter } from './use-control-enter.ts';
import { useWords } from './use-words.ts';
import './dialogs.css';

type ReasonDialogProps = Readonly<{
  opened: boolean;
  onClose: () => void;
  title: string;
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

/** Asks why before an act that needs a reason (return, refuse, recall); Ctrl+Enter confirms. */
export function ReasonDialog(props: ReasonDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <ReasonForm {...props} />
    </Modal>
  );
}

function ReasonForm(props: ReasonDialogProps) {
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
  const submit = (): void => {
    setAsked(true);
    if (!missing && !busy) onConfirm(reason.trim());
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
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          color={danger ? 'danger' : 'action'}
          loading={busy}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {confirm}
        </Button>
      </div>
    </form>
  );
}
