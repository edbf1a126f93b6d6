import {
  IconAddressBook,
  IconChartBar,
  IconInbox,
  IconMailDown,
  IconMailUp,
  IconSettings,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { AppearanceMenu } from '#renderer/app/appearance-menu.tsx';
import type { Feature } from '#renderer/app/feature.ts';
import { Frame } from '#renderer/app/frame.tsx';
import { SyncDot } from '#renderer/ui/sync-dot.tsx';
import { Controls } from './controls.tsx';
import { IncomingPlace, RegisterPlace } from './incoming-place.tsx';

const path = (word: string) => `/tests/gallery/${word}/:id?`;

function feature(
  place: Feature['place'],
  word: string,
  component: ComponentType,
  rail: NonNullable<Feature['rail']>,
): Feature {
  return {
    id: `gallery.${place}`,
    place,
    path: path(word),
    titleKey: `place.${place}`,
    roles: 'everyone',
    component,
    rail,
    screens: [],
  };
}

function Broken(): never {
  throw new Error('a page that fails');
}

const features: readonly Feature[] = [
  feature('inbox', 'index.html', IncomingPlace, { icon: IconInbox, letter: 'V' }),
  feature('incoming', 'list', IncomingPlace, { icon: IconMailDown, letter: 'D' }),
  feature('outgoing', 'register', RegisterPlace, { icon: IconMailUp, letter: 'I' }),
  feature('directory', 'controls', Controls, { icon: IconAddressBook, letter: 'B' }),
  feature('oversight', 'broken', Broken, { icon: IconChartBar, letter: 'T' }),
  {
    ...feature('administration', 'closed', Controls, { icon: IconSettings, letter: 'Q' }),
    roles: ['archivist'],
  },
];

/** Every component of the design system in its frame, to be looked at. */
export function Gallery() {
  return (
    <Frame
      features={features}
      roles={['clerk', 'leader', 'administrator']}
      counts={{ inbox: 12, incoming: 3, outgoing: 0 }}
      foot={
        <>
          <SyncDot
            state="owed"
            label="Chưa có bản sao lưu"
            sentence="Đã lưu trên máy này, chưa có bản sao lưu."
          />
          <AppearanceMenu />
        </>
      }
    />
  );
}
