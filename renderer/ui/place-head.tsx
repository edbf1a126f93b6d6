import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from './use-words.ts';
import './place-head.css';

type PlaceHeadProps = Readonly<{
  title: string;
  /** How many rows there are, written out. */
  count?: number | null;
  selected?: number;
  onClear?: () => void;
  /** Acts on the selection, while something is selected. */
  bulk?: ReactNode;
  /** Acts of the place itself: receive, draft, print. */
  children?: ReactNode;
  /** A second line: search, filters. */
  below?: ReactNode;
}>;

/** The head of a list: what it is, how many, what can be done with it or with what is selected. */
export function PlaceHead({
  title,
  count = null,
  selected = 0,
  onClear,
  bulk,
  children,
  below,
}: PlaceHeadProps) {
  const words = useWords();
  return (
    <header className="place-head">
      <div className="place-head-line">
        {selected > 0 ? (
          <>
            <h1 className="unseen">{title}</h1>
            <strong role="status">{words('ui.list.selected', { count: grouped(selected) })}</strong>
            <Button size="compact-sm" variant="subtle" onClick={onClear}>
              {words('ui.list.clear')}
            </Button>
            <span className="place-head-acts">{bulk}</span>
          </>
        ) : (
          <>
            <h1>{title}</h1>
            {count !== null && (
              <span className="dim figures place-head-count">
                {words('ui.list.count', { count: grouped(count) })}
              </span>
            )}
            <span className="place-head-acts">{children}</span>
          </>
        )}
      </div>
      {below !== undefined && <div className="place-head-below">{below}</div>}
    </header>
  );
}

/** 200000 → `200.000`, as Vietnamese offices write it. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '.');
}
