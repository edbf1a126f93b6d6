import { IconBook2 } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { RegistersPage, registersPath } from './registers-page.tsx';

export const registersFeature: Feature = {
  id: 'documents.registers',
  place: 'registers',
  path: registersPath,
  titleKey: 'place.registers',
  roles: ['clerk', 'leader', 'chief'],
  component: RegistersPage,
  rail: { icon: IconBook2, letter: 'S' },
  screens: [{ name: 'registers', path: '/so-dang-ky' }],
};
