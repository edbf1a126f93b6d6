import { Button, CopyButton } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { Note } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useMe } from '../../session/public.ts';
import { ownSerials, serialsOf, type OwnSerial } from './own-serials.ts';
import '../../../ui/dialogs.css';
import './serials-to-note.css';

/** The numbers of one's secret ballots, first in a dialog and then on the page, until one says they are noted. */
export function SerialsToNote() {
  const words = useWords();
  const { person } = useMe();
  const all = useSyncExternalStore(ownSerials.subscribe, ownSerials.list);
  const mine = serialsOf(all, person.id);
  if (mine.length === 0) return null;
  const untold = mine.find(({ isTold }) => !isTold);
  return (
    <section className="serials-to-note" aria-labelledby="serials-to-note">
      <h2 id="serials-to-note">{words('sitting.secret.to-note')}</h2>
      {mine.map((own) => (
        <Note key={own.serial} tone="soon">
          <Serial own={own} />
          <p>{words('sitting.secret.here-only')}</p>
          <SerialActs serial={own.serial} size="compact-sm" />
        </Note>
      ))}
      {untold !== undefined && <SerialDialog own={untold} />}
    </section>
  );
}

/** No Ctrl+Enter here: pressed twice at the PIN, it would say that a number nobody has read is noted. */
function SerialDialog({ own }: Readonly<{ own: OwnSerial }>) {
  const words = useWords();
  return (
    <DialogFrame
      onClose={() => {
        ownSerials.told(own.serial);
      }}
      title={words('sitting.secret.cast')}
    >
      <div className="dialog">
        <p>{words('sitting.secret.keep')}</p>
        <Serial own={own} />
        <p>{words('sitting.secret.here-only')}</p>
        <div className="dialog-acts">
          <SerialActs serial={own.serial} size="sm" />
        </div>
      </div>
    </DialogFrame>
  );
}

function Serial({ own: { serial, by, voter, question } }: Readonly<{ own: OwnSerial }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  return (
    <>
      <p>{question}</p>
      {voter !== by && <p className="dim">{words('sitting.vote.mine-for', { name: nameOf(voter) })}</p>}
      <output className="serial-to-note">{serial}</output>
    </>
  );
}

function SerialActs({ serial, size }: Readonly<{ serial: string; size: 'compact-sm' | 'sm' }>) {
  const words = useWords();
  return (
    <div className="serial-acts">
      <CopyButton value={serial}>
        {({ copied, copy }) => (
          <Button variant="default" size={size} onClick={copy}>
            {words(copied ? 'sitting.secret.copied' : 'sitting.secret.copy')}
          </Button>
        )}
      </CopyButton>
      <Button
        size={size}
        onClick={() => {
          ownSerials.noted(serial);
        }}
      >
        {words('sitting.secret.noted')}
      </Button>
    </div>
  );
}
