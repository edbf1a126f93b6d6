import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CapabilityCard } from '#shared/exchange/public.ts';
import { Facts } from '../../../ui/facts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { CardDialog } from './card-dialog.tsx';
import { sayKinds, saySize } from './card-words.ts';

/** What one's own agency takes over the network: the others ask this before they send. */
export function OwnCard({ card }: Readonly<{ card: CapabilityCard }>) {
  const words = useWords();
  const [changing, setChanging] = useState(false);
  return (
    <section aria-labelledby="connections-own">
      <div className="connections-head">
        <h2 id="connections-own">{words('connections.own')}</h2>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setChanging(true);
          }}
        >
          {words('connections.card.change')}
        </Button>
      </div>
      <p className="dim">{words('connections.own.about')}</p>
      <Facts
        facts={[
          { label: words('connections.card.kinds'), value: sayKinds(card.kinds, words), wide: true },
          {
            label: words('connections.card.formats'),
            value: card.formats.map((format) => `.${format}`).join(' '),
            wide: true,
          },
          {
            label: words('connections.card.levels'),
            value: card.levels.map((level) => words(`connections.level.${level}`)).join(', '),
          },
          { label: words('connections.card.size'), value: saySize(card.mostBytes, words) },
        ]}
      />
      {changing && (
        <CardDialog
          card={card}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </section>
  );
}
