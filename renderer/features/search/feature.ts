import type { Feature } from '../../app/feature.ts';
import { SeekPage } from './seek-page.tsx';
import { seekPath } from './seek-path.ts';
import { SearchPage } from './search-page.tsx';
import { searchPath } from './search-path.ts';

export const searchFeature: Feature = {
  id: 'search',
  place: 'search',
  path: searchPath,
  titleKey: 'place.search',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary', 'archivist'],
  component: SearchPage,
  screens: [{ name: 'search', path: '/tim?q=chuyen doi so' }],
};

export const seekFeature: Feature = {
  id: 'search.seek',
  place: 'search',
  path: seekPath,
  titleKey: 'seek.title',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary', 'archivist'],
  component: SeekPage,
  screens: [{ name: 'seek', path: '/tra-cuu' }],
};
