import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { DialogFrame } from './dialog-frame.tsx';
import { Note } from './gate.tsx';
import { KeyCaps } from './key-caps.tsx';
import { useControlEnter } from './use-control-enter.ts';
import { useWords } from './use-words.ts';
import './dialogs.css';

type FrameProps = Readonly<{ title: string; size?: 'md' | 'lg' | '36rem' | '44rem' }>;

type FormProps = Readonly<{
  onClose: () => void;
  /** What the filled button says, and what it and Ctrl+Enter do. */
  confirm: string;
  onSubmit: () => void;
  busy: boolean;
  /** Why it was refused, in words; null too where a field tells it. */
  error: string | null;
  /** Nothing can be sent as it stands. */
  blocked?: boolean;
  /** What it does is not undone: the filled button warns. */
  danger?: boolean;
  /** Drawn before what the filled button says. */
  icon?: ReactNode;
  /** What the button says that closes it, where that is not "cancel". */
  cancel?: string;
  /** A further act beside the two buttons. */
  more?: ReactNode;
  children: ReactNode;
}>;

/** A dialog that asks for something and sends it once: fields, what went wrong, and its two buttons. */
export function FormDialog({ title, size = 'md', ...form }: FrameProps & FormProps) {
  return (
    <DialogFrame title={title} onClose={form.onClose} size={size}>
      <DialogForm {...form} />
    </DialogFrame>
  );
}

/** What is in the frame: fields, what went wrong, and the two buttons. */
export function DialogForm(props: FormProps) {
  const { onClose, confirm, onSubmit, busy, error, blocked = false, danger = false, children } = props;
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
        {props.more}
        <Button variant="default" onClick={onClose}>
          {props.cancel ?? words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          {...(danger ? { color: 'danger' } : {})}
          loading={busy}
          disabled={blocked}
          leftSection={props.icon}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {confirm}
        </Button>
      </div>
    </form>
  );
}
