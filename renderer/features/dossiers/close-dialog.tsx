import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DossierPage } from '#shared/dossiers/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Doing } from './dossier-doing.tsx';
import { FindingsList } from './findings-list.tsx';
import { setTerm } from './set-term.ts';
import { useDossierAsk, type DossierAsk } from './use-dossier-ask.ts';

type CloseDialogProps = Readonly<{
  page: DossierPage;
  act: DossierAsk;
  onDo: (doing: Doing) => void;
  onClose: () => void;
}>;

/** Ends a file: on which day its work ended, and what still stands against it, each with what puts it right. */
export function CloseDialog({ page: { dossier }, act, onDo, onClose }: CloseDialogProps) {
  const words = useWords();
  const { today } = useMoment();
  const [endedOn, setEndedOn] = useState<Day | null>(today);
  const { data } = useQuery({
    queryKey: ['dossiers', 'page', dossier.id, endedOn],
    queryFn: () => core.dossiers.page({ dossierId: dossier.id, endedOn }),
  });
  const mending = useDossierAsk(stayHere);
  const findings = data?.findings ?? [];
  const stops = findings.filter((one) => one.stops);
  return (
    <FormDialog
      title={words('dossiers.act.close')}
      confirm={words('dossiers.act.close')}
      onClose={onClose}
      size="lg"
      busy={act.busy || mending.busy}
      error={act.error ?? mending.error}
      blocked={stops.length > 0 || endedOn === null}
      onSubmit={() => {
        if (endedOn === null) return;
        const body = { dossierId: dossier.id, endedOn };
        act.send({ id: 'close', run: () => ask(core.dossiers.close, body) });
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
        <div className="close-findings">
          <FindingsList
            findings={findings}
            title={words('dossiers.findings')}
            onTakeOut={(document) => {
              onDo({ kind: 'takeOut', document });
            }}
            onDescribe={() => {
              onDo({ kind: 'describe' });
            }}
            onRetention={(finding) => {
              mending.send({ id: 'describe', run: () => setTerm(finding) });
            }}
          />
        </div>
      )}
    </FormDialog>
  );
}

/** The dialog goes on: what was found is asked for again once it is put right. */
function stayHere(): void {}
