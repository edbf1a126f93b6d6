/** What other rooms may use of this one. */
export { ConsignmentsPanel } from './consignments-panel.tsx';
export { DeliveryPanel } from './delivery-panel.tsx';
export { IssuingPart } from './issuing-part.tsx';
export { useDeliveryActs } from './use-delivery-acts.tsx';
export { useDispatchActs } from './use-dispatch-acts.tsx';
export { useSending, type NetworkOrder } from './use-sending.ts';
