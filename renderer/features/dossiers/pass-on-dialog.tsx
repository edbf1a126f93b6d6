import { useState } from 'react';
import type { Dossier } from '#shared/dossiers/public.ts';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import type { DossierAsk } from './use-dossier-ask.ts';

/** Those whose roles read papers (`reading-scope.ts`). */
const papersRoles = ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'] as const;

type PassOnDialogProps = Readonly<{ dossier: Dossier; act: DossierAsk; onClose: () => void }>;

/** Gives a file to another maker, and says why. */
export function PassOnDialog({ dossier, act, onClose }: PassOnDialogProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  return (
    <FormDialog
      title={words('dossiers.act.passOn')}
      confirm={words('dossiers.act.passOn')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (to === null || reason.trim() === '') return;
        const body = { dossierId: dossier.id, to: PersonIdSchema.parse(to), reason: reason.trim() };
        act.send({ id: 'passOn', run: () => ask(core.dossiers.passOn, body) });
      }}
    >
      <PersonPicker
        label={words('dossiers.passOn.to')}
        people={pickable(papersRoles).filter(({ id }) => id !== dossier.maker)}
        value={to}
        onChange={setTo}
        required
        takesFocus
        error={asked && to === null ? words('dossiers.passOn.missing') : null}
      />
      <ReasonField value={reason} onChange={setReason} asked={asked} />
    </FormDialog>
  );
}
