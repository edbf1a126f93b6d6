export { LeaseDialog } from './lease-dialog.tsx';
export { LeaseList } from './lease-list.tsx';
export { LeasingSetting } from './leasing-setting.tsx';
export { useLeases } from './use-leases.ts';
