/** What other rooms may use of this one. */
export { useBulkSigning } from './bulk-signing.tsx';
export { useCircuitActs } from './use-circuit-acts.tsx';
