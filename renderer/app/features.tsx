import { accessFeature } from '../features/access/feature.ts';
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
import {
  archiveFeature,
  disposalsFeature,
  dossiersFeature,
  fileListFeature,
  holdsFeature,
  retentionFeature,
} from '../features/dossiers/feature.ts';
import { draftingFeature } from '../features/drafting/feature.ts';
import { inboxFeature } from '../features/inbox/feature.ts';
import {
  bodiesFeature,
  hallFeature,
  meetingStatisticsFeature,
  meetingsFeature,
  proposalsFeature,
  sessionFeature,
} from '../features/meetings/feature.ts';
import { outgoingFeature } from '../features/outgoing/feature.ts';
import { oversightFeature } from '../features/oversight/feature.ts';
import { readingFeature } from '../features/reading/feature.ts';
import { registersFeature } from '../features/registers/feature.ts';
import { searchFeature, seekFeature } from '../features/search/feature.ts';
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
  meetingsFeature,
  sessionFeature,
  bodiesFeature,
  proposalsFeature,
  meetingStatisticsFeature,
  hallFeature,
  archiveFeature,
  disposalsFeature,
  holdsFeature,
  retentionFeature,
  readingFeature,
  registersFeature,
  oversightFeature,
  searchFeature,
  seekFeature,
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
  accessFeature,
];
