import { refuse, type Refusal } from '../kernel/public.ts';
import { nextState } from '../documents/public.ts';
import type { Consignment, Delivery } from './ledger.ts';
import {
  consignmentTransitions,
  deliveryTransitions,
  type ConsignmentEvent,
  type DeliveryEvent,
} from './transitions.ts';

/** Why something may not be done with a consignment now; greys the button, guards the command, writes the sentence. */
export function whyNotConsignment(consignment: Consignment | null, event: ConsignmentEvent): Refusal | null {
  if (consignment === null) return refuse('exchange.unknown-consignment');
  if (event === 'ask-back' && consignment.recall !== null && consignment.recall.answer !== 'declined') {
    return refuse('exchange.asked-back-already', { name: consignment.toName });
  }
  if (nextState(consignmentTransitions, consignment.state, event) !== null) return null;
  return refuse('exchange.not-in-state', {
    name: consignment.toName,
    state: `consignment.${consignment.state}`,
  });
}

export function whyNotDelivery(delivery: Delivery | null, event: DeliveryEvent): Refusal | null {
  if (delivery === null) return refuse('exchange.unknown-delivery');
  const isAnswer = event === 'agree' || event === 'decline';
  if (isAnswer && delivery.recall === null) return refuse('exchange.not-asked-back');
  if (isAnswer && delivery.recall?.answer !== null) return refuse('exchange.answered-already');
  if (nextState(deliveryTransitions, delivery.state, event) !== null) return null;
  // A recall overtook it: it is no more here than one that nobody has heard of.
  if (delivery.state === 'awaited') return refuse('exchange.unknown-delivery');
  return refuse('exchange.not-in-state', {
    name: delivery.fromName,
    state: `delivery.${delivery.state}`,
  });
}
