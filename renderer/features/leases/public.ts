export { LeaseDialog } from './lease-dialog.tsx';
export { LeaseList } from './lease-list.tsx';
export { LeasingSetting } from './leasing-setting.tsx';
export { useLeases, useOwnBlock } from './use-leases.ts';
