import { IconHistory } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { AccessPage, accessPath } from './access-page.tsx';

export const accessFeature: Feature = {
  id: 'access',
  place: 'journal',
  path: accessPath,
  titleKey: 'place.journal',
  roles: ['leader', 'chief', 'administrator'],
  component: AccessPage,
  rail: { icon: IconHistory, letter: 'N' },
  screens: [{ name: 'access-log', path: '/nhat-ky' }],
};
