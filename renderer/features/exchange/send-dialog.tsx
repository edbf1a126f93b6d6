import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { Outgoing } from '#shared/documents/public.ts';
import type { Consignment } from '#shared/exchange/public.ts';
import { ConsignmentIdSchema } from '#shared/kernel/public.ts';
import { accepted, ask, core, newCommandId, newId } from '../../app/client.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { NetworkFields } from './network-fields.tsx';
import { PreflightList } from './preflight-list.tsx';
import type { ExchangeAsk } from './use-exchange-ask.ts';
import { useSending, type NetworkOrder } from './use-sending.ts';
import { withThem } from './with-them.ts';
import '../../ui/dialogs.css';

type SendDialogProps = Readonly<{
  document: Outgoing;
  consignments: readonly Consignment[];
  act: ExchangeAsk;
  onClose: () => void;
}>;

/** Sends an issued paper to more agencies, or once more to one that did not take it. */
export function SendDialog(props: SendDialogProps) {
  const words = useWords();
  return (
    <DialogFrame size="36rem" onClose={props.onClose} title={words('exchange.act.send')}>
      <SendForm {...props} />
    </DialogFrame>
  );
}

function SendForm({ document, consignments, act, onClose }: SendDialogProps) {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  const names = consignments.filter(({ state }) => state === 'prepared').map(({ toName }) => toName);
  const sending = useSending({ document, names, without: withThem(consignments) });
  const { order, stopped } = sending;
  const submit = (): void => {
    setAsked(true);
    if (order !== null && !stopped) act.send({ id: 'send', run: () => send(document, order) });
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
      <p>{words(sending.peers.length === 0 ? 'exchange.send.nobody' : 'exchange.send.ask')}</p>
      <NetworkFields sending={sending} />
      <PreflightList sending={sending} isSealed onClose={onClose} />
      {asked && order === null && <Note tone="danger">{words('exchange.send.missing')}</Note>}
      {act.error !== null && <Note tone="danger">{act.error}</Note>}
      <div className="dialog-acts" data-stays>
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          variant="default"
          disabled={order === null || act.busy}
          onClick={() => {
            if (order === null) return;
            act.send({ id: 'prepare', run: () => prepare(document, order, consignments) });
          }}
        >
          {words('exchange.act.prepare')}
        </Button>
        <Button
          type="submit"
          loading={act.busy}
          disabled={stopped}
          leftSection={<IconSend size="1rem" aria-hidden />}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {words('exchange.act.send.now')}
        </Button>
      </div>
    </form>
  );
}

async function send({ id: documentId }: Outgoing, order: NetworkOrder): Promise<unknown> {
  const { reply } = await core.exchange.send({
    commandId: newCommandId(),
    documentId,
    ...order,
    issuing: null,
  });
  return accepted(reply);
}

/** Puts the recipients down, and sends nothing yet. */
function prepare(
  { id: documentId }: Outgoing,
  { to, access, succeeds }: NetworkOrder,
  known: readonly Consignment[],
): Promise<unknown> {
  const waiting = new Set(known.filter(({ state }) => state === 'prepared').map((one) => one.to));
  const consignments = to
    .filter((agency) => !waiting.has(agency))
    .map((agency) => ({ id: ConsignmentIdSchema.parse(newId()), to: agency, refs: [] }));
  if (consignments.length === 0) return Promise.resolve();
  return ask(core.exchange.prepare, { documentId, consignments, access, succeeds });
}
