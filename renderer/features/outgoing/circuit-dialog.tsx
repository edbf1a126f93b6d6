import type { DocumentPage, Outgoing } from '#shared/documents/public.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { BringDialog } from './bring-dialog.tsx';
import { type CircuitOffer } from './circuit-offers.ts';
import { IssuingDialog } from './issuing-dialog.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { SigningMoment, useSigningAs } from './signing-moment.tsx';
import { useCircuitAct } from './use-circuit-act.ts';

type CircuitDialogProps = Readonly<{
  offer: CircuitOffer;
  page: DocumentPage;
  document: Outgoing;
  onClose: () => void;
}>;

/** What an act of the circuit asks for before it is done. */
export function CircuitDialog({ offer, page, document, onClose }: CircuitDialogProps) {
  const words = useWords();
  const act = useCircuitAct(document, onClose);
  const signingAs = useSigningAs();
  const { id, step } = offer;
  const asking = { opened: true, onClose, busy: act.busy, error: act.error };
  if (id === 'number' || id === 'seal' || id === 'issue' || id === 'issueWhole') {
    return <IssuingDialog act={id} page={page} document={document} onClose={onClose} />;
  }
  if (id === 'withdraw' || id === 'abandon' || id === 'sendBack') {
    return (
      <ReasonDialog
        {...asking}
        title={words(`outgoing.act.${id}`)}
        text={words(`outgoing.ask.${id}`)}
        confirm={words(`outgoing.act.${id}`)}
        danger={id === 'abandon'}
        onConfirm={(reason) => {
          act.send({ id, reason });
        }}
      />
    );
  }
  if (step === null) return null;
  if (id === 'opinion' || id === 'visa') {
    return (
      <ReasonDialog
        {...asking}
        title={words(`outgoing.act.${id}`)}
        text={words(`outgoing.ask.${id}`)}
        label={words(`outgoing.words.${id}`)}
        confirm={words(`outgoing.act.${id}`)}
        required={id === 'opinion'}
        onConfirm={(said) => {
          act.send({ id, stepId: step.id, words: said });
        }}
      />
    );
  }
  if (id === 'return') {
    return (
      <ReturnDialog
        document={document}
        step={step}
        busy={act.busy}
        error={act.error}
        onClose={onClose}
        onReturn={(toStep, reason) => {
          act.send({ id, stepId: step.id, toStep, reason });
        }}
      />
    );
  }
  if (id === 'bring') {
    return (
      <BringDialog
        document={document}
        step={step}
        busy={act.busy}
        error={act.error}
        onClose={onClose}
        onBring={(file) => {
          act.send({ id, stepId: step.id, file });
        }}
      />
    );
  }
  if (id === 'sign' || id === 'initials') {
    const { subject, symbol, kind } = document.summary;
    return (
      <SigningMoment
        use="person"
        title={words(`outgoing.act.${id}`)}
        documents={[
          { id: document.id, reference: symbol === '' ? words(`kind.${kind}`) : symbol, title: subject },
        ]}
        signingAs={signingAs(step)}
        busy={act.busy}
        error={act.error}
        onClose={onClose}
        onSign={(pin, key) => {
          act.send({ id, stepId: step.id, pin, key });
        }}
      />
    );
  }
  return null;
}
