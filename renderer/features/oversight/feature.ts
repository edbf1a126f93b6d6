import { IconEyeCheck } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { OversightPage, oversightPath } from './oversight-page.tsx';

export const oversightFeature: Feature = {
  id: 'oversight',
  place: 'oversight',
  path: oversightPath,
  titleKey: 'place.oversight',
  roles: ['leader', 'chief', 'unit-head', 'clerk'],
  component: OversightPage,
  rail: { icon: IconEyeCheck, letter: 'T' },
  screens: [{ name: 'oversight', path: '/theo-doi' }],
};
