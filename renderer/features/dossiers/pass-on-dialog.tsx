import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Dossier } from '#shared/dossiers/public.ts';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import type { DossierAsk } from './use-dossier-ask.ts';
import '../../ui/dialogs.css';

/** Those whose roles read papers (`reading-scope.ts`). */
const papersRoles = ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'] as const;

type PassOnDialogProps = Readonly<{ dossier: Dossier; act: DossierAsk; onClose: () => void }>;

/** Gives a file to another maker, and says why. */
export function PassOnDialog(props: PassOnDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('dossiers.act.passOn')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <PassOnForm {...props} />
    </Modal>
  );
}

function PassOnForm({ dossier, act, onClose }: PassOnDialogProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = (): void => {
    setAsked(true);
    if (to === null || reason.trim() === '') return;
    const body = { dossierId: dossier.id, to: PersonIdSchema.parse(to), reason: reason.trim() };
    act.send({ id: 'passOn', run: () => ask(core.dossiers.passOn, body) });
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
      <PersonPicker
        label={words('dossiers.passOn.to')}
        people={pickable(papersRoles).filter(({ id }) => id !== dossier.maker)}
        value={to}
        onChange={setTo}
        required
        takesFocus
        error={asked && to === null ? words('dossiers.passOn.missing') : null}
      />
      <TextField
        label={words('ui.reason.label')}
        value={reason}
        onChange={setReason}
        rows={2}
        required
        maxLength={500}
        error={asked && reason.trim() === '' ? words('ui.reason.needed') : null}
      />
      {act.error !== null && <Note tone="danger">{act.error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={act.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('dossiers.act.passOn')}
        </Button>
      </div>
    </form>
  );
}
