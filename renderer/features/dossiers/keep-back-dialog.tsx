import { useState } from 'react';
import { mostKeptBack, type Dossier } from '#shared/dossiers/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatDay } from '../../ui/moments.ts';
import { ReasonField } from '../../ui/reason-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { DossierAsk } from './use-dossier-ask.ts';

type KeepBackDialogProps = Readonly<{ dossier: Dossier; act: DossierAsk; onClose: () => void }>;

/** The head lets a file stay with its unit for the work (NĐ 30 Đ30). */
export function KeepBackDialog({ dossier, act, onClose }: KeepBackDialogProps) {
  const words = useWords();
  const most = mostKeptBack(dossier);
  const [until, setUntil] = useState<Day | null>(most);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  return (
    <FormDialog
      title={words('dossiers.act.keepBack')}
      confirm={words('dossiers.act.keepBack')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (until === null || reason.trim() === '') return;
        const body = { dossierId: dossier.id, until, reason: reason.trim() };
        act.send({ id: 'keepBack', run: () => ask(core.handOvers.keepBack, body) });
      }}
    >
      <p>{words('handOvers.ask.keepBack', { most: most === null ? '' : formatDay(most) })}</p>
      <DayField
        label={words('handOvers.keepBack.until')}
        value={until}
        onChange={setUntil}
        lean="ahead"
        required
        takesFocus
      />
      <ReasonField value={reason} onChange={setReason} asked={asked} />
    </FormDialog>
  );
}
