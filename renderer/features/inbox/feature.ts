import { IconChecklist } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { inboxPath } from '../documents/public.ts';
import { InboxPage } from './inbox-page.tsx';

export const inboxFeature: Feature = {
  id: 'inbox',
  place: 'inbox',
  path: inboxPath,
  titleKey: 'place.inbox',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: InboxPage,
  rail: { icon: IconChecklist, letter: 'V' },
  screens: [{ name: 'inbox', path: '/viec-cua-toi' }],
};
