import { useState } from 'react';
import type { Incoming } from '#shared/documents/public.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { RegistrationFields } from './registration-fields.tsx';
import { fieldsOf, formOf, missingIn } from './registration-form.ts';
import type { IncomingAct } from './use-incoming-act.ts';

type CorrectionDialogProps = Readonly<{ document: Incoming; act: IncomingAct; onClose: () => void }>;

/** Corrects what the register says of a paper, with the reason; the number stays. */
export function CorrectionDialog({ document, act, onClose }: CorrectionDialogProps) {
  const words = useWords();
  const [form, setForm] = useState(() => formOf(document));
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = (): void => {
    setAsked(true);
    if (missingIn(form).length > 0 || reason.trim() === '') return;
    act.send({ id: 'correct', fields: fieldsOf(form), reason: reason.trim() });
  };
  return (
    <FormDialog
      title={words('documents.act.correct')}
      confirm={words('documents.act.correct')}
      size="lg"
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={submit}
    >
      <RegistrationFields form={form} onChange={setForm} suggestion={null} asked={asked} takesFocus={false}>
        <ReasonField value={reason} onChange={setReason} asked={asked} />
      </RegistrationFields>
    </FormDialog>
  );
}
