import { useState } from 'react';
import type { Dossier } from '#shared/dossiers/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { DossierAsk } from './use-dossier-ask.ts';

type ReceiptDialogProps = Readonly<{ dossier: Dossier; act: DossierAsk; onClose: () => void }>;

/** What the historical archive wrote when it took the file. */
export function ReceiptDialog({ dossier, act, onClose }: ReceiptDialogProps) {
  const words = useWords();
  const { today } = useMoment();
  const [to, setTo] = useState('');
  const [number, setNumber] = useState('');
  const [on, setOn] = useState<Day | null>(today);
  const [asked, setAsked] = useState(false);
  const missing = (value: string) => (asked && value.trim() === '' ? words('dossiers.missing') : null);
  return (
    <FormDialog
      title={words('dossiers.act.transfer')}
      confirm={words('dossiers.act.transfer')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (on === null || to.trim() === '' || number.trim() === '') return;
        const receipt = { to: to.trim(), number: number.trim(), on };
        const body = { dossiers: [dossier.id], receipt };
        act.send({ id: 'transfer', run: () => ask(core.handOvers.recordReceipt, body) });
      }}
    >
      <p>{words('handOvers.ask.transfer')}</p>
      <TextField
        label={words('handOvers.transfer.to')}
        value={to}
        onChange={setTo}
        required
        maxLength={200}
        takesFocus
        error={missing(to)}
      />
      <TextField
        label={words('handOvers.transfer.number')}
        value={number}
        onChange={setNumber}
        required
        maxLength={60}
        error={missing(number)}
      />
      <DayField label={words('handOvers.transfer.on')} value={on} onChange={setOn} lean="behind" required />
    </FormDialog>
  );
}
