import { IconUsersGroup } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { BodiesPage } from './bodies-page.tsx';
import {
  bodiesPath,
  hallPath,
  meetingsPath,
  proposalsPath,
  sessionPath,
  statisticsPath,
} from './meeting-paths.ts';
import { MeetingsPage } from './meetings-page.tsx';
import { ProposalsPage } from './proposals-page.tsx';
import { HallPage } from './session/hall-page.tsx';
import { SessionPage } from './session/session-page.tsx';
import { StatisticsPage } from './statistics-page.tsx';

export const meetingsFeature: Feature = {
  id: 'meetings.meetings',
  place: 'meetings',
  path: meetingsPath,
  titleKey: 'place.meetings',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: MeetingsPage,
  rail: { icon: IconUsersGroup, letter: 'M' },
  screens: [{ name: 'meetings', path: '/cuoc-hop' }],
};

export const sessionFeature: Feature = {
  id: 'meetings.session',
  place: 'meetings',
  path: sessionPath,
  titleKey: 'meetings.session',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: SessionPage,
  wholeWindow: true,
  screens: [],
};

export const hallFeature: Feature = {
  id: 'meetings.hall',
  place: 'meetings',
  path: hallPath,
  titleKey: 'sitting.hall.title',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: HallPage,
  wholeWindow: true,
  screens: [],
};

export const bodiesFeature: Feature = {
  id: 'meetings.bodies',
  place: 'meetings',
  path: bodiesPath,
  titleKey: 'meetings.bodies',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: BodiesPage,
  screens: [{ name: 'meeting-bodies', path: '/to-chuc-hop' }],
};

export const proposalsFeature: Feature = {
  id: 'meetings.proposals',
  place: 'meetings',
  path: proposalsPath,
  titleKey: 'meetings.proposals',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: ProposalsPage,
  screens: [{ name: 'meeting-proposals', path: '/de-xuat-hop' }],
};

export const meetingStatisticsFeature: Feature = {
  id: 'meetings.statistics',
  place: 'meetings',
  path: statisticsPath,
  titleKey: 'meetings.statistics',
  roles: ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'],
  component: StatisticsPage,
  screens: [{ name: 'meeting-statistics', path: '/thong-ke-hop' }],
};
