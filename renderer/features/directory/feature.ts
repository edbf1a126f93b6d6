import { IconAddressBook } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { DirectoryPage, directoryPath } from './directory-page.tsx';

export const directoryFeature: Feature = {
  id: 'directory',
  place: 'directory',
  path: directoryPath,
  titleKey: 'place.directory',
  roles: 'everyone',
  component: DirectoryPage,
  rail: { icon: IconAddressBook, letter: 'B' },
  screens: [{ name: 'directory', path: '/danh-ba' }],
};
