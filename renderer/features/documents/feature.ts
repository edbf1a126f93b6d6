import { IconInbox } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { documentPath } from './document-paths.ts';
import { IncomingPage } from './incoming-page.tsx';

export const incomingFeature: Feature = {
  id: 'documents.incoming',
  place: 'incoming',
  path: documentPath.incoming,
  titleKey: 'place.incoming',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: IncomingPage,
  rail: { icon: IconInbox, letter: 'D' },
  screens: [{ name: 'incoming', path: '/van-ban-den' }],
};
