/** What other rooms may use of this one. */
export { ConsignmentsPanel } from './consignments-panel.tsx';
export { DeliveryPanel } from './delivery-panel.tsx';
export { NetworkFields } from './network-fields.tsx';
export { PreflightList } from './preflight-list.tsx';
export { SuccessionChoice, SuccessionFields } from './succession-fields.tsx';
export { useDeliveryActs } from './use-delivery-acts.tsx';
export { useDispatchActs } from './use-dispatch-acts.tsx';
export { useSending, type NetworkOrder } from './use-sending.ts';
