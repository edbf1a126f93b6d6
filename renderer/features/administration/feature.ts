import type { Feature } from '../../app/feature.ts';
import { agencyAdminPath, unitAdminPath } from './admin-paths.ts';
import { AgenciesPage } from './agencies/agencies-page.tsx';
import { UnitsPage } from './units/units-page.tsx';

export const unitsAdminFeature: Feature = {
  id: 'administration.units',
  place: 'administration',
  path: unitAdminPath,
  titleKey: 'administration.units',
  roles: ['administrator'],
  component: UnitsPage,
  screens: [{ name: 'administration-units', path: '/quan-tri/don-vi' }],
};

export const agenciesAdminFeature: Feature = {
  id: 'administration.agencies',
  place: 'administration',
  path: agencyAdminPath,
  titleKey: 'administration.agencies',
  roles: ['administrator'],
  component: AgenciesPage,
  screens: [{ name: 'administration-agencies', path: '/quan-tri/co-quan' }],
};
