import { Button, Popover, Progress } from '@mantine/core';
import { useState } from 'react';
import './sync-dot.css';

export type SyncState = 'safe' | 'owed' | 'trouble';

type SyncDotProps = Readonly<{
  state: SyncState;
  label: string;
  sentence: string;
  /** More of it, line by line. */
  lines?: readonly string[];
  /** How much of something long is done, from 0 to 1. */
  done?: number | null;
  /** What a person can do about it. */
  acts?: readonly Readonly<{ label: string; run: () => void }>[];
}>;

/** How well the work is kept: a small dot with a short word, the whole sentence behind it. */
export function SyncDot({ state, label, sentence, lines = [], done = null, acts = [] }: SyncDotProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="right-end" withinPortal shadow="md" width={280}>
      <Popover.Target>
        <button
          type="button"
          className="sync-dot"
          data-state={state}
          title={sentence}
          onClick={() => {
            setOpened(!opened);
          }}
        >
          <span className="sync-shape" aria-hidden />
          <span className="one-line">{label}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {sentence}
        {done !== null && <Progress value={done * 100} aria-label={label} mt="0.5rem" />}
        {lines.length > 0 && (
          <ul className="sync-lines">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {acts.length > 0 && (
          <div className="sync-more">
            {acts.map((act) => (
              <Button
                key={act.label}
                size="compact-sm"
                variant="default"
                onClick={() => {
                  setOpened(false);
                  act.run();
                }}
              >
                {act.label}
              </Button>
            ))}
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
