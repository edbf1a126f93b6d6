/** What other rooms may use of this one. */
export { useBulkSigning } from './bulk-signing.tsx';
export { KeyDialog } from './key-dialog.tsx';
export { SealPin } from './seal-pin.tsx';
export { PicturesDialog } from './pictures-dialog.tsx';
export { KeyChoice, PinWarning, SigningMoment, useKey } from './signing-moment.tsx';
export { useCircuitActs } from './use-circuit-acts.tsx';
