import { command } from '../kernel/public.ts';
import { connectionsContract } from './connections-contract.ts';
import { withdrawPrepared, prepare } from './dispatch-commands.ts';
import { returnDelivery } from './delivery-commands.ts';
import { confirmPeer, changeCard, endPeer } from './peer-commands.ts';
import { answerRecall, askBack } from './recall-commands.ts';

/** What a screen may ask. Sending itself goes through the service that has looked at the page. */
export const exchangeContract = {
  ...connectionsContract,
  prepare: command(prepare),
  withdrawPrepared: command(withdrawPrepared),
  askBack: command(askBack),
  answerRecall: command(answerRecall),
  returnDelivery: command(returnDelivery),
  confirmPeer: command(confirmPeer),
  endPeer: command(endPeer),
  changeCard: command(changeCard),
};
