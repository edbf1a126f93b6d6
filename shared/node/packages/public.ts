export { whyNotPack } from './admit.ts';
export { exportPackage, type ExportOrder, type Progress } from './export-package.ts';
export type { Finding } from './findings.ts';
export type { Package, PackageDocument, PackageFile, OtherFile, PackageEvent, PackageHead } from './model.ts';
