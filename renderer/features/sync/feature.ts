import type { Feature } from '../../app/feature.ts';
import { AttentionPage, attentionPath } from './attention-page.tsx';

export const attentionFeature: Feature = {
  id: 'sync.attention',
  place: 'inbox',
  path: attentionPath,
  titleKey: 'sync.attention',
  roles: 'everyone',
  component: AttentionPage,
  screens: [{ name: 'attention', path: '/can-xu-ly' }],
};
