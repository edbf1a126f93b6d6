import type { Feature } from '../../app/feature.ts';
import { draftPath } from './draft-path.ts';
import { DraftPage } from './draft-page.tsx';

export const draftingFeature: Feature = {
  id: 'drafting.draft',
  place: 'outgoing',
  path: draftPath,
  titleKey: 'drafting.title',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: DraftPage,
  screens: [{ name: 'new-draft', path: '/soan-thao' }],
};
