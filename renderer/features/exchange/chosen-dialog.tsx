import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Consignment } from '#shared/exchange/public.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/gate.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import './exchange.css';

type ChosenDialogProps = Readonly<{
  /** Which words of the catalogue it speaks with. */
  act: 'askBack' | 'withdrawPrepared' | 'settle';
  consignments: readonly Consignment[];
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onConfirm: (ids: readonly Consignment['id'][], reason: string) => void;
}>;

/** Asks recipients to give a paper back, takes those off that it has not gone to, or says what was settled: with whom, and why. */
export function ChosenDialog({ act, consignments, busy, error, onClose, onConfirm }: ChosenDialogProps) {
  const words = useWords();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const chosen = consignments.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  const submit = (): void => {
    setAsked(true);
    if (chosen.length > 0 && reason.trim() !== '') onConfirm(chosen, reason.trim());
  };
  return (
    <FormDialog
      title={words(`exchange.act.${act}`)}
      confirm={words(`exchange.act.${act}`)}
      danger={act !== 'settle'}
      onClose={onClose}
      busy={busy}
      error={null}
      onSubmit={submit}
    >
      <p>{words(`exchange.ask.${act}`)}</p>
      <fieldset className="network">
        <legend>{words(`exchange.${act}.whom`)}</legend>
        <div className="network-peers" data-scrolls>
          {consignments.map(({ id, toName }) => (
            <Checkbox
              key={id}
              label={toName}
              checked={!left.has(id)}
              onChange={(event) => {
                const isKept = event.currentTarget.checked;
                setLeft((known) => new Set(isKept ? [...known].filter((one) => one !== id) : [...known, id]));
              }}
            />
          ))}
        </div>
      </fieldset>
      {asked && chosen.length === 0 && <Note tone="danger">{words('exchange.send.missing')}</Note>}
      <TextField
        label={words('ui.reason.label')}
        value={reason}
        onChange={setReason}
        rows={3}
        required
        takesFocus
        maxLength={500}
        placeholder={words('ui.reason.placeholder')}
        error={error ?? (asked && reason.trim() === '' ? words('ui.reason.needed') : null)}
      />
    </FormDialog>
  );
}
