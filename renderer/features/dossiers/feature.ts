import { IconArchive, IconFolders, IconHourglassEmpty } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { ArchivePage } from './archive-page.tsx';
import { archivePath, dossiersPath, fileListPath } from './dossier-paths.ts';
import { DisposalsPage } from './disposals-page.tsx';
import { DossiersPage } from './dossiers-page.tsx';
import { FileListPage } from './file-list-page.tsx';
import { HoldsPage } from './holds-page.tsx';
import { disposalsPath, holdsPath, retentionPath } from './keeping-paths.ts';
import { RetentionPage } from './retention-page.tsx';

export const dossiersFeature: Feature = {
  id: 'dossiers.dossiers',
  place: 'dossiers',
  path: dossiersPath,
  titleKey: 'place.dossiers',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: DossiersPage,
  rail: { icon: IconFolders, letter: 'H' },
  screens: [{ name: 'dossiers', path: '/ho-so' }],
};

export const fileListFeature: Feature = {
  id: 'dossiers.fileList',
  place: 'dossiers',
  path: fileListPath,
  titleKey: 'dossiers.fileList',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: FileListPage,
  screens: [{ name: 'file-list', path: '/danh-muc-ho-so' }],
};

export const archiveFeature: Feature = {
  id: 'dossiers.archive',
  place: 'archive',
  path: archivePath,
  titleKey: 'place.archive',
  roles: ['archivist'],
  component: ArchivePage,
  rail: { icon: IconArchive, letter: 'L' },
  screens: [
    { name: 'archive-waiting', path: '/luu-tru' },
    { name: 'archive-kept', path: '/luu-tru/dang-giu' },
    { name: 'archive-minutes', path: '/luu-tru/giao-nhan' },
  ],
};

export const disposalsFeature: Feature = {
  id: 'dossiers.disposals',
  place: 'disposals',
  path: disposalsPath,
  titleKey: 'place.disposals',
  roles: ['clerk', 'leader', 'chief', 'archivist'],
  component: DisposalsPage,
  rail: { icon: IconHourglassEmpty, letter: 'X' },
  screens: [{ name: 'disposals', path: '/het-thoi-han' }],
};

export const holdsFeature: Feature = {
  id: 'dossiers.holds',
  place: 'disposals',
  path: holdsPath,
  titleKey: 'holds.title',
  roles: ['clerk', 'leader', 'chief', 'archivist'],
  component: HoldsPage,
  screens: [{ name: 'holds', path: '/giu-ho-so' }],
};

export const retentionFeature: Feature = {
  id: 'dossiers.retention',
  place: 'disposals',
  path: retentionPath,
  titleKey: 'retention.title',
  roles: ['clerk', 'leader', 'chief', 'archivist'],
  component: RetentionPage,
  screens: [{ name: 'retention', path: '/thoi-han-bao-quan' }],
};
