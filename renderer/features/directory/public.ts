/** What other rooms may use of this one. */
export { useAgencyRows } from './agency-rows.ts';
export { AgencyView } from './agency-view.tsx';
export { DirectoryList } from './directory-list.tsx';
export { AgencyList, UnitList } from './directory-lists.tsx';
export { type Directory, directoryKey, useDirectory } from './names.ts';
export { type DirectoryPerson, inOrder } from './people-rows.ts';
export { useDirectoryRows } from './rows-at-hand.ts';
export { useUnitRows } from './unit-rows.ts';
export { hasEnded, unitAndBelow, unitTree } from './unit-tree.ts';
export { UnitView } from './unit-view.tsx';
