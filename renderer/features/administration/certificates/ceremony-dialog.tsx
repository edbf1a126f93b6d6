import { Button } from '@mantine/core';
import { useState } from 'react';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { StepLine } from '../../../ui/step-line.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { CeremonyKeepers } from './ceremony-keepers.tsx';
import { CeremonyShare } from './ceremony-share.tsx';
import { inGroups } from './fingerprint.ts';
import { useCeremony, type CeremonyState } from './use-ceremony.ts';
import '../../../ui/dialogs.css';
import { firstFocus } from '#renderer/ui/first-focus.ts';

/** Founds the agency's authority step by step; left off at any step, nothing was written. */
export function CeremonyDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const words = useWords();
  const ceremony = useCeremony(onClose);
  const { stage, leave } = ceremony;
  const [isLeaving, setIsLeaving] = useState(false);
  const ask = (): void => {
    if (stage.at === 'keepers') leave();
    else setIsLeaving(true);
  };
  return (
    <DialogFrame onClose={ask} title={words('certificates.found')} size="40rem" closeOnClickOutside={false}>
      <div className="dialog">
        <Steps stage={stage} />
        {isLeaving ? (
          <Leaving
            onStay={() => {
              setIsLeaving(false);
            }}
            onLeave={leave}
          />
        ) : (
          <Stage ceremony={ceremony} onLeave={ask} />
        )}
      </div>
    </DialogFrame>
  );
}

function Steps({ stage }: Pick<CeremonyState, 'stage'>) {
  const words = useWords();
  const order = ['keepers', 'share', 'end'] as const;
  const place = order.indexOf(stage.at);
  const stateOf = (at: number) => {
    if (at === place) return 'current';
    return at < place ? 'passed' : 'ahead';
  };
  return (
    <StepLine
      label={words('certificates.ceremony.steps')}
      steps={order.map((id, at) => ({
        id,
        label: words(`certificates.ceremony.${id}`),
        who: words(`certificates.ceremony.${id}.who`),
        state: stateOf(at),
      }))}
    />
  );
}

type StageProps = Readonly<{ ceremony: CeremonyState; onLeave: () => void }>;

function Stage({ ceremony, onLeave }: StageProps) {
  const { stage } = ceremony;
  if (stage.at === 'keepers') return <CeremonyKeepers ceremony={ceremony} onLeave={onLeave} />;
  if (stage.at === 'end') return <End ceremony={ceremony} stage={stage} onLeave={onLeave} />;
  return <CeremonyShare key={stage.keeper} ceremony={ceremony} stage={stage} onLeave={onLeave} />;
}

type EndProps = StageProps & Readonly<{ stage: Extract<CeremonyState['stage'], { at: 'end' }> }>;

function End({ ceremony: { finish, busy, error }, stage: { keepers, fingerprint }, onLeave }: EndProps) {
  const words = useWords();
  const submit = (): void => {
    if (!busy) finish();
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
      <p>{words('certificates.ceremony.end.text')}</p>
      <Facts
        facts={[
          {
            label: words('certificates.keepers'),
            value: keepers.names.join(', '),
            wide: true,
          },
          {
            label: words('certificates.keepers.needed'),
            value: words('certificates.keepers.of', { needed: keepers.needed, count: keepers.names.length }),
            wide: true,
          },
          {
            label: words('certificates.root.fingerprint'),
            value: <span className="figures certificate-number">{inGroups(fingerprint)}</span>,
            wide: true,
          },
        ]}
      />
      {error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onLeave}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />} {...firstFocus}>
          {words('certificates.ceremony.finish')}
        </Button>
      </div>
    </form>
  );
}

function Leaving({ onStay, onLeave }: Readonly<{ onStay: () => void; onLeave: () => void }>) {
  const words = useWords();
  return (
    <div className="dialog" role="alert">
      <p>{words('certificates.ceremony.leave.text')}</p>
      <div className="dialog-acts">
        <Button variant="default" onClick={onStay}>
          {words('certificates.ceremony.stay')}
        </Button>
        <Button color="danger" onClick={onLeave}>
          {words('certificates.ceremony.leave')}
        </Button>
      </div>
    </div>
  );
}
