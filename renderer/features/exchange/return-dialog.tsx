import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { ReturnCodeSchema, returnCodes, type ReturnCode } from '#shared/exchange/public.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';

type ReturnDialogProps = Readonly<{
  from: string;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onReturn: (code: ReturnCode, words: string) => void;
}>;

/** Sends a paper back to where it came from: a reason both clerks know, and words of one's own. */
export function ReturnDialog(props: ReturnDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('exchange.act.returnDelivery')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <ReturnForm {...props} />
    </Modal>
  );
}

function ReturnForm({ from, busy, error, onClose, onReturn }: ReturnDialogProps) {
  const words = useWords();
  const [code, setCode] = useState<ReturnCode>('wrong-place');
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = said.trim() === '';
  const submit = (): void => {
    setAsked(true);
    if (!missing && !busy) onReturn(code, said.trim());
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
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" color="danger" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('exchange.act.returnDelivery')}
        </Button>
      </div>
    </form>
  );
}
