import { IconArrowBackUp, IconCheck, IconSend, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { whyNotOutgoing, type Outgoing } from '#shared/documents/public.ts';
import { whyNotConsignment, type Consignment } from '#shared/exchange/public.ts';
import { ConsignmentIdSchema } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import type { Action } from '../../ui/action-bar.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { ChosenDialog } from './chosen-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';
import { useConsignments } from './use-consignments.ts';
import { useExchangeAsk } from './use-exchange-ask.ts';
import { usePeers } from './use-sending.ts';
import { withThem } from './with-them.ts';

type ActId = 'send' | 'askBack' | 'withdrawPrepared' | 'settle';
type Offered = Readonly<{ actions: readonly Action[]; dialogs: ReactNode }>;

const icons = {
  send: IconSend,
  askBack: IconArrowBackUp,
  withdrawPrepared: IconX,
  settle: IconCheck,
} as const;

/** What the clerk may do with a paper of ours between agencies: send it on, ask it back, take recipients off again, settle it. */
export function useDispatchActs(document: Outgoing): Offered {
  const words = useWords();
  const { person } = useMe();
  const peers = usePeers();
  const { rows } = useConsignments((document.consignments ?? []).length > 0 ? document.id : null);
  const [asking, setAsking] = useState<ActId | null>(null);
  const close = (): void => {
    setAsking(null);
  };
  const act = useExchangeAsk(close);
  if (whyNotCall('exchange.send', person) !== null) return { actions: [], dialogs: null };
  const consignments = rows.map(({ consignment }) => consignment);
  const askable = mayAskBack(document) ? consignments.filter(isAskable) : [];
  const prepared = consignments.filter((one) => whyNotConsignment(one, 'withdraw') === null);
  const troubled = rows.filter(({ trouble }) => trouble !== null).map(({ consignment }) => consignment);
  const there = withThem(consignments);
  const isAnyLeft = peers.some(({ id }) => !there.has(id));
  const offered: readonly (ActId | false)[] = [
    whyNotOutgoing(document, 'dispatch') === null && isAnyLeft && 'send',
    askable.length > 0 && 'askBack',
    prepared.length > 0 && 'withdrawPrepared',
    troubled.length > 0 && 'settle',
  ];
  const actions = offered
    .filter((id) => id !== false)
    .map((id): Action => ({
      id,
      label: words(id === 'send' && rows.length > 0 ? 'exchange.act.send.more' : `exchange.act.${id}`),
      icon: icons[id],
      ...(id === 'askBack' ? { danger: true } : {}),
      run: () => {
        act.reset();
        setAsking(id);
      },
    }));
  const dialogs =
    asking === 'send' ? (
      <SendDialog document={document} consignments={consignments} act={act} onClose={close} />
    ) : (
      asking !== null && (
        <ChosenDialog
          act={asking}
          consignments={{ askBack: askable, withdrawPrepared: prepared, settle: troubled }[asking]}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onConfirm={(ids, reason) => {
            act.send({ id: asking, run: () => run(asking, { document, ids, reason }) });
          }}
        />
      )
    );
  return { actions, dialogs };
}

type Chosen = Readonly<{ document: Outgoing; ids: readonly Consignment['id'][]; reason: string }>;

function run(id: Exclude<ActId, 'send'>, { document, ids, reason }: Chosen): Promise<unknown> {
  if (id === 'withdrawPrepared') {
    return ask(core.exchange.withdrawPrepared, { consignments: [...ids], reason });
  }
  if (id === 'settle') return ask(core.exchange.settle, { consignments: [...ids], reason });
  const consignments = ids.map((one) => ({ id: one, message: ConsignmentIdSchema.parse(newId()) }));
  return ask(core.exchange.askBack, { documentId: document.id, consignments, reason });
}

/** Once frozen, the paper may be asked back from more recipients, or once more. */
function mayAskBack(document: Outgoing): boolean {
  return document.state === 'recalled' || whyNotOutgoing(document, 'recall') === null;
}

function isAskable(consignment: Consignment): boolean {
  return whyNotConsignment(consignment, 'ask-back') === null;
}
