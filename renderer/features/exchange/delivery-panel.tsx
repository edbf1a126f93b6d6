import type { ComponentType } from 'react';
import type { DocumentPage, Incoming } from '#shared/documents/public.ts';
import { whyNotDelivery } from '#shared/exchange/public.ts';
import { Facts } from '../../ui/facts.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDelivery } from './use-delivery.ts';

type DeliveryPanelProps = Readonly<{
  page: DocumentPage;
  document: Incoming;
  /** A paper named as a link to its page. */
  link: ComponentType<Readonly<{ row: DocumentPage['linked'][number]['document'] }>>;
}>;

const lineages: ReadonlySet<string> = new Set(['replaces', 'replaced-by', 'corrects', 'corrected-by']);

/** How a received paper came over the network: from whom, in whose place, and whether they want it back. */
export function DeliveryPanel({ page, document, link: Link }: DeliveryPanelProps) {
  const words = useWords();
  const delivery = useDelivery(document);
  if (delivery === null) return null;
  const { fromName, kind, recall, returned } = delivery;
  const line = page.linked.filter(({ relation }) => lineages.has(relation));
  return (
    <Stack>
      {recall !== null && whyNotDelivery(delivery, 'decline') === null && (
        <Note tone="soon">
          <p>
            <strong>{words('exchange.recall.asked', { name: fromName })}</strong>{' '}
            <span className="dim">
              <RelativeTime at={recall.askedAt} />
            </span>
          </p>
          <p>{words('exchange.recall.reason', { reason: recall.reason })}</p>
          <p>{words('exchange.recall.decide')}</p>
        </Note>
      )}
      {recall !== null && recall.answer !== null && (
        <Note>
          <p>{words(`exchange.recall.${recall.answer}`, { reason: recall.reason })}</p>
          {recall.words !== '' && <p>{words('exchange.recall.words', { words: recall.words })}</p>}
        </Note>
      )}
      {returned !== null && (
        <Note tone="soon">
          {words('exchange.returned', {
            reason: words(`exchange.return.${returned.code}`),
            words: returned.words,
          })}
        </Note>
      )}
      <Facts
        facts={[
          {
            label: words('exchange.from'),
            value: words(`exchange.from.${kind}`, { name: fromName }),
            wide: true,
          },
          ...line.map(({ relation, document: row }) => ({
            label: words(`relation.${relation}`),
            value: <Link row={row} />,
            wide: true,
          })),
        ]}
      />
    </Stack>
  );
}
