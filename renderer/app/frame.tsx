import { useState, type ReactNode } from 'react';
import type { Role } from '#shared/directory/public.ts';
import { useCommands } from '../ui/commands.tsx';
import { CommandPalette, type Finding } from '../ui/command-palette.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ShortcutSheet } from '../ui/shortcut-sheet.tsx';
import { SplitPanes } from '../ui/split-panes.tsx';
import { useWords } from '../ui/use-words.ts';
import { IconLock, IconMapQuestion } from '@tabler/icons-react';
import { ErrorBoundary } from './error-boundary.tsx';
import { mayOpen, type Feature, type PlaceCounts } from './feature.ts';
import { matchPath } from './paths.ts';
import { Rail } from './rail.tsx';
import { useRouter } from './router.tsx';
import './frame.css';

type FrameProps = Readonly<{
  features: readonly Feature[];
  roles: readonly Role[];
  counts: PlaceCounts;
  /** Looks for documents in the palette; absent for who may not read any. */
  find?: (typed: string) => Promise<readonly Finding[]>;
  /** Who is signed in, the state of this desk, appearance: at the foot of the rail. */
  foot: ReactNode;
}>;

/** The window: the rail of places, and the page of the present address. */
export function Frame({ features, roles, counts, find, foot }: FrameProps) {
  const words = useWords();
  const { location } = useRouter();
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const here = features.find((feature) => matchPath(feature.path, location.path) !== null) ?? null;
  useCommands([
    {
      id: 'app.palette',
      label: words('ui.palette.open'),
      keys: 'Ctrl+K',
      group: 'do',
      keysOnly: true,
      run: () => {
        setPalette(true);
      },
    },
    {
      id: 'app.shortcuts',
      label: words('ui.shortcuts.show'),
      keys: '?',
      group: 'do',
      run: () => {
        setSheet(true);
      },
    },
  ]);
  const page = (
    <main className="frame-main" aria-label={words('app.main')}>
      <ErrorBoundary key={here?.id ?? 'none'}>
        <PageOf feature={here} roles={roles} />
      </ErrorBoundary>
    </main>
  );
  return (
    <>
      <div className="frame">
        {here?.wholeWindow === true ? (
          page
        ) : (
          <SplitPanes
            name="rail"
            sized="start"
            startLandmark={{ role: 'navigation', label: words('app.places') }}
            width={{ initial: 12.5, min: 11, max: 20 }}
            start={
              <Rail
                features={features.filter((feature) => mayOpen(feature, roles))}
                here={here}
                counts={counts}
                foot={foot}
                openPalette={() => {
                  setPalette(true);
                }}
              />
            }
            end={page}
          />
        )}
      </div>
      <CommandPalette
        opened={palette}
        {...(find === undefined ? {} : { find })}
        onClose={() => {
          setPalette(false);
        }}
      />
      <ShortcutSheet
        opened={sheet}
        onClose={() => {
          setSheet(false);
        }}
      />
    </>
  );
}

function PageOf({ feature, roles }: Readonly<{ feature: Feature | null; roles: readonly Role[] }>) {
  const words = useWords();
  if (feature === null) {
    return (
      <EmptyState
        isPage
        icon={IconMapQuestion}
        title={words('app.notFound.title')}
        help={words('app.notFound.help')}
      />
    );
  }
  if (!mayOpen(feature, roles)) {
    return (
      <EmptyState
        isPage
        icon={IconLock}
        title={words('app.noPermission.title')}
        help={words('app.noPermission.help')}
      />
    );
  }
  const Page = feature.component;
  return <Page />;
}
