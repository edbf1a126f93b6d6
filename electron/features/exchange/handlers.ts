import { deliveryAggregate, isLate, nextStepOf, troubleOf } from '#shared/exchange/public.ts';
import { signedIn } from '../../host/context.ts';
import { runCommand } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';
import { readableDocument } from '../documents/public.ts';
import { connectedPeers, consignmentsOf, lookBefore, ownPaper, send } from './sending.ts';
import { alarmsOf, connectionsOf } from './connections.ts';

const on = signedIn.exchange;

export const exchangeHandlers = {
  peers: on.peers.handler(({ context: { signed } }) => ({ peers: connectedPeers(signed) })),
  preflight: on.preflight.handler(async ({ input, context: { signed } }) => ({
    findings: await lookBefore(signed, input),
  })),
  send: on.send.handler(({ input, context: { signed } }) => send(signed, input)),
  consignments: on.consignments.handler(({ input, context: { signed } }) => {
    const now = signed.open.desk.now();
    return {
      consignments: consignmentsOf(signed, ownPaper(signed, input.documentId)).map((consignment) => ({
        consignment,
        next: nextStepOf(consignment, now),
        late: isLate(consignment, now),
        trouble: troubleOf(consignment),
      })),
    };
  }),
  delivery: on.delivery.handler(({ input, context: { signed } }) => {
    const { db } = signed.open.desk;
    const document = readableDocument(db, signed.scope, input.documentId);
    const origin = document.direction === 'incoming' ? document.origin : undefined;
    return { delivery: origin === undefined ? null : readState(db, deliveryAggregate, origin.delivery) };
  }),
  connections: on.connections.handler(({ context: { signed } }) => connectionsOf(signed.open.desk)),
  alarms: on.alarms.handler(({ context: { signed } }) => alarmsOf(signed)),
  prepare: on.prepare.handler(runCommand),
  withdrawPrepared: on.withdrawPrepared.handler(runCommand),
  settle: on.settle.handler(runCommand),
  askBack: on.askBack.handler(runCommand),
  answerRecall: on.answerRecall.handler(runCommand),
  returnDelivery: on.returnDelivery.handler(runCommand),
  confirmPeer: on.confirmPeer.handler(runCommand),
  endPeer: on.endPeer.handler(runCommand),
  changeCard: on.changeCard.handler(runCommand),
};
