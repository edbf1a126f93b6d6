import type { Outgoing } from '#shared/documents/public.ts';
import { Note } from '../../ui/gate.tsx';
import { useWords } from '../../ui/use-words.ts';
import { NetworkFields } from './network-fields.tsx';
import { PreflightList } from './preflight-list.tsx';
import { SuccessionChoice, SuccessionFields } from './succession-fields.tsx';
import type { Sending } from './use-sending.ts';

type IssuingPartProps = Readonly<{
  document: Outgoing;
  sending: Sending;
  asked: boolean;
  onClose: () => void;
}>;

/** What issuing asks about the network: whom, in whose place, and every check before the PIN. */
export function IssuingPart({ document, sending, asked, onClose }: IssuingPartProps) {
  const words = useWords();
  return (
    <>
      <NetworkFields sending={sending}>
        <SuccessionChoice sending={sending} />
      </NetworkFields>
      <SuccessionFields document={document} sending={sending} asked={asked} />
      <PreflightList sending={sending} isSealed={document.state === 'sealed'} onClose={onClose} />
      {asked && sending.stopped && <Note tone="danger">{words('exchange.preflight.blocked')}</Note>}
    </>
  );
}
