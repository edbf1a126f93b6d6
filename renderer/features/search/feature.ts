import type { Feature } from '../../app/feature.ts';
import { SearchPage } from './search-page.tsx';
import { searchPath } from './search-path.ts';

export const searchFeature: Feature = {
  id: 'search',
  place: 'search',
  path: searchPath,
  titleKey: 'place.search',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: SearchPage,
  screens: [{ name: 'search', path: '/tim?q=chuyen doi so' }],
};
