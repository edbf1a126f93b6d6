import { IconFolders } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { dossiersPath, fileListPath } from './dossier-paths.ts';
import { DossiersPage } from './dossiers-page.tsx';
import { FileListPage } from './file-list-page.tsx';

const roles = ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'] as const;

export const dossiersFeature: Feature = {
  id: 'dossiers.dossiers',
  place: 'dossiers',
  path: dossiersPath,
  titleKey: 'place.dossiers',
  roles,
  component: DossiersPage,
  rail: { icon: IconFolders, letter: 'H' },
  screens: [{ name: 'dossiers', path: '/ho-so' }],
};

export const fileListFeature: Feature = {
  id: 'dossiers.fileList',
  place: 'dossiers',
  path: fileListPath,
  titleKey: 'dossiers.fileList',
  roles,
  component: FileListPage,
  screens: [{ name: 'file-list', path: '/danh-muc-ho-so' }],
};
