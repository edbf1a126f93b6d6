import { Button } from '@mantine/core';
import type { ConnectionView } from '#shared/exchange/public.ts';
import { StateMark, type Tone } from '../../../ui/marks.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { sayCard } from './card-words.ts';

const tones: Readonly<Record<ConnectionView['state'], Tone>> = {
  met: 'soon',
  confirmed: 'proven',
  ended: 'plain',
};

type ConnectionRowProps = Readonly<{ peer: ConnectionView; onCompare: () => void; onEnd: () => void }>;

/** One agency on the network: where the connection stands, what it takes, and what can be done. */
export function ConnectionRow({ peer, onCompare, onEnd }: ConnectionRowProps) {
  const words = useWords();
  const { name, codes, state, endedBecause, card, line } = peer;
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <StateMark
          label={words(`connections.state.${state}`)}
          tone={tones[state]}
          waiting={state === 'met'}
        />
        {codes.length > 0 && (
          <p className="dim figures">
            {words('connections.codes', { codes: codes.map(({ code }) => code).join(', ') })}
          </p>
        )}
        {line !== null && <p className="dim">{words('connections.by-line', { line })}</p>}
        {endedBecause === null ? (
          <p className="dim">{words('connections.takes', { card: sayCard(card, words) })}</p>
        ) : (
          <p>{words('connections.endedBecause', { reason: endedBecause })}</p>
        )}
      </div>
      {state !== 'ended' && (
        <div className="connections-acts">
          {line === null && (
            <Button size="compact-sm" variant={state === 'met' ? 'filled' : 'default'} onClick={onCompare}>
              {words(state === 'met' ? 'connections.compare' : 'connections.readAgain')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={onEnd}>
            {words('connections.end')}
          </Button>
        </div>
      )}
    </li>
  );
}
