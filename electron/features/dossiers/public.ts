/** What other rooms of the desk, and the command line, may use of this one. */
export { makePackage } from './export-package.ts';
export { packageOf } from './package-of.ts';
export { dossiersProjection } from './projection.ts';
export { dossiersCalled } from './rows.ts';
