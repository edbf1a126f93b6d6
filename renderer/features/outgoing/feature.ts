import { IconFileText } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { OutgoingPage, outgoingPath } from './outgoing-page.tsx';

export const outgoingFeature: Feature = {
  id: 'documents.outgoing',
  place: 'outgoing',
  path: outgoingPath,
  titleKey: 'place.outgoing',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: OutgoingPage,
  rail: { icon: IconFileText, letter: 'I' },
  screens: [{ name: 'outgoing', path: '/van-ban-di' }],
};
