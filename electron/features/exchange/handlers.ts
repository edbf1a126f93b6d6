import { signedIn } from '../../host/context.ts';
import { runCommand } from '../../host/run-command.ts';
import { alarmsOf, connectionsOf } from './connections.ts';

const on = signedIn.exchange;

export const exchangeHandlers = {
  connections: on.connections.handler(({ context: { signed } }) => connectionsOf(signed.open.desk)),
  alarms: on.alarms.handler(({ context: { signed } }) => alarmsOf(signed)),
  prepare: on.prepare.handler(runCommand),
  withdrawPrepared: on.withdrawPrepared.handler(runCommand),
  askBack: on.askBack.handler(runCommand),
  answerRecall: on.answerRecall.handler(runCommand),
  returnDelivery: on.returnDelivery.handler(runCommand),
  confirmPeer: on.confirmPeer.handler(runCommand),
  endPeer: on.endPeer.handler(runCommand),
  changeCard: on.changeCard.handler(runCommand),
};
