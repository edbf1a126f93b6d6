import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { whyNotIncoming, type Incoming } from '#shared/documents/public.ts';
import { whyNotDelivery, type Delivery, type Recall } from '#shared/exchange/public.ts';
import { ask, core } from '../../app/client.ts';
import type { Action } from '../../ui/action-bar.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { ReturnDialog } from './return-dialog.tsx';
import { useDelivery } from './use-delivery.ts';
import { useExchangeAsk } from './use-exchange-ask.ts';

type ActId = 'agree' | 'decline' | 'returnDelivery';

/** What the dialog was opened for: an answer goes to the asking back that was read, not to a later one. */
type Asked = Readonly<{ id: ActId; message: Recall['message'] | null }>;

const looks = {
  agree: { icon: IconCheck },
  decline: { icon: IconX },
  returnDelivery: { icon: IconArrowBackUp, danger: true },
} as const;

/** What the clerk may do with a paper that came over the network: answer a recall, or send it back. */
export function useDeliveryActs(
  document: Incoming,
  onDone: () => void = () => undefined,
): Readonly<{ actions: readonly Action[]; dialogs: ReactNode }> {
  const words = useWords();
  const { person } = useMe();
  const delivery = useDelivery(document);
  const [asked, setAsked] = useState<Asked | null>(null);
  const act = useExchangeAsk(() => {
    setAsked(null);
    onDone();
  });
  if (delivery === null || whyNotCall('exchange.answerRecall', person) !== null) {
    return { actions: [], dialogs: null };
  }
  const actions = offersOf(document, delivery).map((id): Action => ({
    id,
    label: words(`exchange.act.${id}`),
    ...looks[id],
    run: () => {
      act.reset();
      setAsked({ id, message: delivery.recall?.message ?? null });
    },
  }));
  const close = (): void => {
    setAsked(null);
  };
  const named = { deliveryId: delivery.id, documentId: document.id };
  const asking = asked?.id ?? null;
  const dialogs =
    asking === 'returnDelivery' ? (
      <ReturnDialog
        from={delivery.fromName}
        busy={act.busy}
        error={act.error}
        onClose={close}
        onReturn={(code, said) => {
          act.send({
            id: asking,
            run: () => ask(core.exchange.returnDelivery, { ...named, code, words: said }),
          });
        }}
      />
    ) : (
      asking !== null && (
        <ReasonDialog
          opened
          onClose={close}
          title={words(`exchange.act.${asking}`)}
          text={words(`exchange.ask.${asking}`, { name: delivery.fromName })}
          label={words('exchange.answer.words')}
          confirm={words(`exchange.act.${asking}`)}
          required={asking === 'decline'}
          danger={asking === 'agree'}
          busy={act.busy}
          error={act.error}
          onConfirm={(said) => {
            const agree = asking === 'agree';
            const message = asked?.message ?? null;
            if (message === null) return;
            const body = { ...named, message, agree, words: said, tasks: document.tasks };
            act.send({ id: asking, run: () => ask(core.exchange.answerRecall, body) });
          }}
        />
      )
    );
  return { actions, dialogs };
}

function offersOf(document: Incoming, delivery: Delivery): readonly ActId[] {
  const mayGive = whyNotDelivery(delivery, 'agree') === null && whyNotIncoming(document, 'recall') === null;
  const mayKeep = whyNotDelivery(delivery, 'decline') === null;
  const mayReturn =
    whyNotDelivery(delivery, 'return') === null && whyNotIncoming(document, 'refuse') === null;
  return [
    ...(mayGive ? (['agree'] as const) : []),
    ...(mayKeep ? (['decline'] as const) : []),
    ...(mayReturn ? (['returnDelivery'] as const) : []),
  ];
}
