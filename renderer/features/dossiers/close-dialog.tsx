import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DossierPage } from '#shared/dossiers/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import type { DossierAsk } from './use-dossier-ask.ts';
import '../../ui/dialogs.css';

type CloseDialogProps = Readonly<{ page: DossierPage; act: DossierAsk; onClose: () => void }>;

/** Ends a file: on which day its work ended, and what still stands against it. */
export function CloseDialog(props: CloseDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words('dossiers.act.close')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <CloseForm {...props} />
    </Modal>
  );
}

function CloseForm({ page: { dossier }, act, onClose }: CloseDialogProps) {
  const words = useWords();
  const { today } = useMoment();
  const [endedOn, setEndedOn] = useState<Day | null>(today);
  const { data } = useQuery({
    queryKey: ['dossiers', 'page', dossier.id, endedOn],
    queryFn: () => core.dossiers.page({ dossierId: dossier.id, endedOn }),
  });
  const findings = data?.findings ?? [];
  const stops = findings.filter((one) => one.stops);
  const submit = (): void => {
    if (endedOn === null || stops.length > 0) return;
    const body = { dossierId: dossier.id, endedOn };
    act.send({ id: 'close', run: () => ask(core.dossiers.close, body) });
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
      <p>{words('dossiers.ask.close')}</p>
      <DayField
        label={words('dossiers.endedOn')}
        value={endedOn}
        onChange={setEndedOn}
        lean="behind"
        required
        takesFocus
      />
      {stops.length > 0 && (
        <Note tone="danger">{words('dossiers.close.stopped', { count: stops.length })}</Note>
      )}
      {findings.length > 0 && (
        <ul className="close-findings">
          {findings.map((one) => (
            <li key={`${one.refusal.code}-${one.document ?? ''}-${one.dossier}`}>
              {sentenceOf(one.refusal, words)}
            </li>
          ))}
        </ul>
      )}
      {act.error !== null && <Note tone="danger">{act.error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          loading={act.busy}
          disabled={stops.length > 0 || endedOn === null}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {words('dossiers.act.close')}
        </Button>
      </div>
    </form>
  );
}
