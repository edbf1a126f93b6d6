import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { Note } from './gate.tsx';
import { KeyCaps } from './key-caps.tsx';
import { useControlEnter } from './use-control-enter.ts';
import { useWords } from './use-words.ts';
import './dialogs.css';

type FormDialogProps = Readonly<{
  title: string;
  onClose: () => void;
  /** What the filled button says, and what it and Ctrl+Enter do. */
  confirm: string;
  onSubmit: () => void;
  busy: boolean;
  /** Why it was refused, in words. */
  error: string | null;
  /** Nothing can be sent as it stands. */
  blocked?: boolean;
  size?: 'md' | 'lg' | '36rem' | '44rem';
  /** Drawn before what the filled button says. */
  icon?: ReactNode;
  /** A further act beside the two buttons. */
  more?: ReactNode;
  children: ReactNode;
}>;

/** A dialog that asks for something and sends it once: fields, what went wrong, and its two buttons. */
export function FormDialog({ title, onClose, size = 'md', ...form }: FormDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <Form {...form} onClose={onClose} />
    </Modal>
  );
}

function Form(props: Omit<FormDialogProps, 'title' | 'size'>) {
  const { onClose, confirm, onSubmit, busy, error, blocked = false, icon, more, children } = props;
  const words = useWords();
  const submit = (): void => {
    if (!busy && !blocked) onSubmit();
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      {error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        {more}
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          loading={busy}
          disabled={blocked}
          leftSection={icon}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {confirm}
        </Button>
      </div>
    </form>
  );
}
