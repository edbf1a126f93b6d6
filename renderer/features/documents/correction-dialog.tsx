import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Incoming } from '#shared/documents/public.ts';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { RegistrationFields } from './registration-fields.tsx';
import { fieldsOf, formOf, missingIn } from './registration-form.ts';
import type { IncomingAct } from './use-incoming-act.ts';
import '../../ui/dialogs.css';

type CorrectionDialogProps = Readonly<{ document: Incoming; act: IncomingAct; onClose: () => void }>;

/** Corrects what the register says of a paper, with the reason; the number stays. */
export function CorrectionDialog(props: CorrectionDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={words('documents.act.correct')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <CorrectionForm {...props} />
    </Modal>
  );
}

function CorrectionForm({ document, act, onClose }: CorrectionDialogProps) {
  const words = useWords();
  const [form, setForm] = useState(() => formOf(document));
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = (): void => {
    setAsked(true);
    if (missingIn(form).length > 0 || reason.trim() === '') return;
    act.send({ id: 'correct', fields: fieldsOf(form), reason: reason.trim() });
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
      <RegistrationFields form={form} onChange={setForm} suggestion={null} asked={asked} takesFocus={false}>
        <TextField
          label={words('ui.reason.label')}
          value={reason}
          onChange={setReason}
          rows={2}
          required
          maxLength={500}
          error={asked && reason.trim() === '' ? words('ui.reason.needed') : null}
        />
      </RegistrationFields>
      {act.error !== null && <Note tone="danger">{act.error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={act.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('documents.act.correct')}
        </Button>
      </div>
    </form>
  );
}
