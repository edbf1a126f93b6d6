import { Checkbox, Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { AccessLevelSchema, accessLevels, type PeerRow } from '#shared/exchange/public.ts';
import { bestMatches } from '../../ui/fold.ts';
import { Stack } from '../../ui/gate.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Sending } from './use-sending.ts';
import './exchange.css';

/** With so many connected agencies a few letters find one sooner than the eye. */
const manyPeers = 8;

/** Which recipients get it over the network, and how far it may be read there; `children` stand beside that. */
export function NetworkFields({ sending, children }: Readonly<{ sending: Sending; children?: ReactNode }>) {
  const words = useWords();
  const [typed, setTyped] = useState('');
  const { peers, access, setAccess } = sending;
  if (peers.length === 0) return null;
  const shown = bestMatches(typed, peers, ({ name }) => name);
  return (
    <>
      <fieldset className="network">
        <legend>{words('exchange.network')}</legend>
        <p className="dim">{words('exchange.network.hint')}</p>
        {peers.length > manyPeers && (
          <TextField label={words('exchange.network.find')} value={typed} onChange={setTyped} />
        )}
        <div className="network-peers" data-scrolls>
          {shown.map((peer) => (
            <PeerLine key={peer.id} peer={peer} sending={sending} />
          ))}
        </div>
      </fieldset>
      <Stack columns={2}>
        <Select
          label={words('exchange.access')}
          allowDeselect={false}
          value={access}
          data={accessLevels.map((level) => ({ value: level, label: words(`exchange.access.${level}`) }))}
          onChange={(value) => {
            if (value !== null) setAccess(AccessLevelSchema.parse(value));
          }}
        />
        {children}
      </Stack>
    </>
  );
}

function PeerLine({ peer, sending }: Readonly<{ peer: PeerRow; sending: Sending }>) {
  const words = useWords();
  const isConfirmed = peer.state === 'confirmed';
  return (
    <div className="network-peer">
      <Checkbox
        label={peer.name}
        checked={sending.chosen.some(({ id }) => id === peer.id)}
        onChange={(event) => {
          sending.mark(peer.id, event.currentTarget.checked);
        }}
      />
      <StateMark
        label={words(isConfirmed ? 'exchange.peer.confirmed' : 'exchange.peer.met')}
        tone={isConfirmed ? 'action' : 'soon'}
      />
    </div>
  );
}
