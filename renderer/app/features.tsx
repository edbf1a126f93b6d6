import {
  agenciesAdminFeature,
  certificatesAdminFeature,
  connectionsAdminFeature,
  devicesAdminFeature,
  identityAdminFeature,
  peopleAdminFeature,
  proofAdminFeature,
  trustAdminFeature,
  unitsAdminFeature,
} from '../features/administration/feature.ts';
import { directoryFeature } from '../features/directory/feature.ts';
import { incomingFeature } from '../features/documents/feature.ts';
import { dossiersFeature, fileListFeature } from '../features/dossiers/feature.ts';
import { draftingFeature } from '../features/drafting/feature.ts';
import { inboxFeature } from '../features/inbox/feature.ts';
import { outgoingFeature } from '../features/outgoing/feature.ts';
import { oversightFeature } from '../features/oversight/feature.ts';
import { registersFeature } from '../features/registers/feature.ts';
import { searchFeature } from '../features/search/feature.ts';
import { attentionFeature } from '../features/sync/feature.ts';
import type { Feature } from './feature.ts';

/** Every page of the office, in the order of the rail; each room contributes its own. */
export const features: readonly Feature[] = [
  inboxFeature,
  attentionFeature,
  incomingFeature,
  outgoingFeature,
  draftingFeature,
  dossiersFeature,
  fileListFeature,
  registersFeature,
  oversightFeature,
  searchFeature,
  directoryFeature,
  peopleAdminFeature,
  unitsAdminFeature,
  agenciesAdminFeature,
  devicesAdminFeature,
  identityAdminFeature,
  proofAdminFeature,
  certificatesAdminFeature,
  trustAdminFeature,
  connectionsAdminFeature,
];
