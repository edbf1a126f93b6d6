import { IconBook } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { ReadingPage, readingPath } from './reading-page.tsx';

export const readingFeature: Feature = {
  id: 'reading',
  place: 'reading',
  path: readingPath,
  titleKey: 'place.reading',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary', 'archivist'],
  component: ReadingPage,
  rail: { icon: IconBook, letter: 'R' },
  screens: [{ name: 'reading-room', path: '/phong-doc' }],
};
