import { Select } from '@mantine/core';
import { useState } from 'react';
import { ReturnCodeSchema, returnCodes, type ReturnCode } from '#shared/exchange/public.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';

type ReturnDialogProps = Readonly<{
  from: string;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onReturn: (code: ReturnCode, words: string) => void;
}>;

/** Sends a paper back to where it came from: a reason both clerks know, and words of one's own. */
export function ReturnDialog({ from, busy, error, onClose, onReturn }: ReturnDialogProps) {
  const words = useWords();
  const [code, setCode] = useState<ReturnCode>('wrong-place');
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = said.trim() === '';
  const submit = (): void => {
    setAsked(true);
    if (!missing) onReturn(code, said.trim());
  };
  return (
    <FormDialog
      title={words('exchange.act.returnDelivery')}
      confirm={words('exchange.act.returnDelivery')}
      danger
      onClose={onClose}
      busy={busy}
      error={null}
      onSubmit={submit}
    >
      <p>{words('exchange.ask.returnDelivery', { name: from })}</p>
      <Select
        label={words('exchange.returnDelivery.code')}
        allowDeselect={false}
        value={code}
        data={returnCodes.map((value) => ({ value, label: words(`exchange.return.${value}`) }))}
        onChange={(value) => {
          if (value !== null) setCode(ReturnCodeSchema.parse(value));
        }}
      />
      <TextField
        label={words('exchange.returnDelivery.words')}
        hint={words('exchange.returnDelivery.words.hint')}
        value={said}
        onChange={setSaid}
        rows={3}
        required
        takesFocus
        maxLength={500}
        error={error ?? (asked && missing ? words('ui.reason.needed') : null)}
      />
    </FormDialog>
  );
}
