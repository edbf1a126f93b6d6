import { useState } from 'react';
import type { Disposal } from '#shared/dossiers/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { DisposalStep } from './disposal-card.tsx';
import { useDossierAsk } from './use-dossier-ask.ts';

type DisposalDialogProps = Readonly<{ disposal: Disposal; step: DisposalStep; onClose: () => void }>;

/** The next step of a list: the council's opinion, the decision, the destruction with its minutes, or its end. */
export function DisposalDialog({ disposal, step, onClose }: DisposalDialogProps) {
  switch (step) {
    case 'appraise':
      return <AppraiseDialog disposal={disposal} onClose={onClose} />;
    case 'approve':
      return <ApproveDialog disposal={disposal} onClose={onClose} />;
    case 'carryOut':
      return <CarryOutDialog disposal={disposal} onClose={onClose} />;
    case 'dismiss':
      return <DismissDialog disposal={disposal} onClose={onClose} />;
  }
}

type OneProps = Omit<DisposalDialogProps, 'step'>;

function AppraiseDialog({ disposal: { id }, onClose }: OneProps) {
  const words = useWords();
  const act = useDossierAsk(onClose);
  const [said, setSaid] = useState('');
  const [reference, setReference] = useState('');
  return (
    <FormDialog
      title={words('disposals.act.appraise')}
      confirm={words('disposals.act.appraise')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={said.trim() === '' || reference.trim() === ''}
      onSubmit={() => {
        const body = { disposalId: id, words: said, reference };
        act.send({ id: 'appraise', run: () => ask(core.disposals.appraise, body) });
      }}
    >
      <TextField
        label={words('disposals.opinion')}
        value={said}
        onChange={setSaid}
        rows={4}
        required
        takesFocus
        maxLength={2000}
      />
      <TextField
        label={words('disposals.reference')}
        value={reference}
        onChange={setReference}
        required
        maxLength={300}
      />
    </FormDialog>
  );
}

function ApproveDialog({ disposal: { id, items }, onClose }: OneProps) {
  const words = useWords();
  const { today } = useMoment();
  const act = useDossierAsk(onClose);
  const [number, setNumber] = useState('');
  const [on, setOn] = useState<Day | null>(today);
  const going = items.filter(({ verdict }) => verdict === 'destroy').length;
  return (
    <FormDialog
      title={words('disposals.act.approve')}
      confirm={words('disposals.act.approve')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={number.trim() === '' || on === null}
      onSubmit={() => {
        if (on === null) return;
        const body = { disposalId: id, number, on };
        act.send({ id: 'approve', run: () => ask(core.disposals.approve, body) });
      }}
    >
      <p>{words('disposals.ask.approve', { count: going })}</p>
      <TextField
        label={words('disposals.number')}
        value={number}
        onChange={setNumber}
        required
        takesFocus
        maxLength={60}
      />
      <DayField label={words('disposals.decidedOn')} value={on} onChange={setOn} lean="behind" required />
    </FormDialog>
  );
}

function CarryOutDialog({ disposal: { id, items }, onClose }: OneProps) {
  const words = useWords();
  const act = useDossierAsk(onClose);
  const [place, setPlace] = useState('');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const going = items.filter(({ verdict }) => verdict === 'destroy').length;
  return (
    <FormDialog
      title={words('disposals.act.carryOut')}
      confirm={words('disposals.act.carryOut')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={[place, first, second].some((one) => one.trim() === '')}
      onSubmit={() => {
        const body = { disposalId: id, place, witnesses: [first, second] };
        act.send({ id: 'carryOut', run: () => ask(core.disposals.carryOut, body) });
      }}
    >
      <Note tone="danger">{words('disposals.ask.carryOut', { count: going })}</Note>
      <TextField
        label={words('disposals.place')}
        value={place}
        onChange={setPlace}
        required
        takesFocus
        maxLength={200}
      />
      <TextField
        label={words('disposals.witness', { n: 1 })}
        value={first}
        onChange={setFirst}
        required
        maxLength={200}
      />
      <TextField
        label={words('disposals.witness', { n: 2 })}
        value={second}
        onChange={setSecond}
        required
        maxLength={200}
      />
    </FormDialog>
  );
}

function DismissDialog({ disposal: { id }, onClose }: OneProps) {
  const words = useWords();
  const act = useDossierAsk(onClose);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words('disposals.act.dismiss')}
      text={words('disposals.ask.dismiss')}
      confirm={words('disposals.act.dismiss')}
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) => {
        act.send({ id: 'dismiss', run: () => ask(core.disposals.dismiss, { disposalId: id, reason }) });
      }}
    />
  );
}
