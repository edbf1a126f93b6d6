import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCommands } from '../ui/commands.tsx';
import { Hint } from '../ui/hint.tsx';
import { KeyCaps } from '../ui/key-caps.tsx';
import { useWords } from '../ui/use-words.ts';
import type { Feature, PlaceCounts } from './feature.ts';
import { pathTo } from './paths.ts';
import { Link, useRouter } from './router.tsx';
import './rail.css';

type RailFeature = Feature & Readonly<{ rail: NonNullable<Feature['rail']> }>;

/** The places of the office this person works in, each with a word and the number of things that wait there. */
export function Rail(
  props: Readonly<{
    features: readonly Feature[];
    here: Feature | null;
    counts: PlaceCounts;
    openPalette: () => void;
    foot: ReactNode;
  }>,
) {
  const { features, here, counts, openPalette, foot } = props;
  const words = useWords();
  const { go } = useRouter();
  const railed = features.filter(hasRail);
  useCommands(
    railed.map((feature) => ({
      id: `go.${feature.id}`,
      label: words(feature.titleKey),
      keys: `G ${feature.rail.letter}`,
      group: 'go' as const,
      run: () => {
        go(pathTo(feature.path));
      },
    })),
  );
  return (
    <div className="rail">
      <div className="rail-name">{words('app.name')}</div>
      <button
        type="button"
        className="rail-search"
        aria-current={here?.place === 'search' ? 'page' : undefined}
        onClick={openPalette}
      >
        <IconSearch size="1rem" stroke={1.75} aria-hidden />
        <span className="one-line">{words('ui.palette.open')}</span>
        <KeyCaps keys="Ctrl+K" />
      </button>
      <ul className="rail-places">
        {railed.map((feature) => (
          <RailPlace
            key={feature.id}
            feature={feature}
            current={feature.place === here?.place}
            count={counts[feature.place] ?? 0}
          />
        ))}
      </ul>
      <div className="rail-foot">{foot}</div>
    </div>
  );
}

function RailPlace({
  feature,
  current,
  count,
}: Readonly<{ feature: RailFeature; current: boolean; count: number }>) {
  const words = useWords();
  const { icon: IconDrawn, letter } = feature.rail;
  const title = words(feature.titleKey);
  return (
    <li>
      <Hint text={title} keys={`G ${letter}`}>
        <span className="rail-hold">
          <Link to={pathTo(feature.path)} className="rail-place" current={current}>
            <IconDrawn size="1.125rem" stroke={1.6} aria-hidden />
            <span className="rail-word">{title}</span>
            {count > 0 && (
              <span className="rail-count figures">
                <span aria-hidden>{count > 999 ? '999+' : count}</span>
                <span className="unseen">{words('app.waiting', { count })}</span>
              </span>
            )}
          </Link>
        </span>
      </Hint>
    </li>
  );
}

function hasRail(feature: Feature): feature is RailFeature {
  return feature.rail !== undefined;
}
