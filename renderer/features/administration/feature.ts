import { IconUserCog } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import {
  agencyAdminPath,
  certificateAdminPath,
  connectionAdminPath,
  deviceAdminPath,
  identityAdminPath,
  personAdminPath,
  proofAdminPath,
  trustAdminPath,
  unitAdminPath,
} from './admin-paths.ts';
import { AgenciesPage } from './agencies/agencies-page.tsx';
import { CertificatesPage } from './certificates/certificates-page.tsx';
import { ConnectionsPage } from './connections/connections-page.tsx';
import { DevicesPage } from './devices/devices-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { IdentityPage } from './identity/identity-page.tsx';
import { ProofPage } from './proof/proof-page.tsx';
import { TrustPage } from './trust/trust-page.tsx';
import { UnitsPage } from './units/units-page.tsx';

export const peopleAdminFeature: Feature = {
  id: 'administration.people',
  place: 'administration',
  path: personAdminPath,
  titleKey: 'place.administration',
  roles: ['administrator'],
  component: PeoplePage,
  rail: { icon: IconUserCog, letter: 'Q' },
  screens: [{ name: 'administration-people', path: '/quan-tri/nguoi-dung' }],
};

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

export const devicesAdminFeature: Feature = {
  id: 'administration.devices',
  place: 'administration',
  path: deviceAdminPath,
  titleKey: 'administration.devices',
  roles: ['administrator'],
  component: DevicesPage,
  screens: [{ name: 'administration-devices', path: '/quan-tri/may-lam-viec' }],
};

export const proofAdminFeature: Feature = {
  id: 'administration.proof',
  place: 'administration',
  path: proofAdminPath,
  titleKey: 'administration.proof',
  roles: ['administrator'],
  component: ProofPage,
  screens: [{ name: 'administration-proof', path: '/quan-tri/gia-tri-chung-minh' }],
};

export const identityAdminFeature: Feature = {
  id: 'administration.identity',
  place: 'administration',
  path: identityAdminPath,
  titleKey: 'administration.identity',
  roles: ['administrator'],
  component: IdentityPage,
  screens: [{ name: 'administration-identity', path: '/quan-tri/dang-nhap' }],
};

export const trustAdminFeature: Feature = {
  id: 'administration.trust',
  place: 'administration',
  path: trustAdminPath,
  titleKey: 'administration.trust',
  roles: ['administrator'],
  component: TrustPage,
  screens: [{ name: 'administration-trust', path: '/quan-tri/noi-tin-cay' }],
};

export const certificatesAdminFeature: Feature = {
  id: 'administration.certificates',
  place: 'administration',
  path: certificateAdminPath,
  titleKey: 'administration.certificates',
  roles: ['administrator'],
  component: CertificatesPage,
  screens: [{ name: 'administration-certificates', path: '/quan-tri/cap-chung-thu' }],
};

export const connectionsAdminFeature: Feature = {
  id: 'administration.connections',
  place: 'administration',
  path: connectionAdminPath,
  titleKey: 'administration.connections',
  roles: ['administrator'],
  component: ConnectionsPage,
  screens: [{ name: 'administration-connections', path: '/quan-tri/ket-noi' }],
};
