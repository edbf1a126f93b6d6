export { whyNotPack } from './admit.ts';
export { exportPackage, type ExportOrder, type Progress } from './export-package.ts';
export type { Finding } from './findings.ts';
export { readPackage, validatePackage, type InspectSettings, type ReadPackage } from './inspect.ts';
export { makeWhole } from './output.ts';
export { openZip } from './zip-writer.ts';
export { usualLimits, type Limits } from './limits.ts';
export type { Package, PackageDocument, PackageFile, OtherFile, PackageEvent, PackageHead } from './model.ts';
