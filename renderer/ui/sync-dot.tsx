import { Popover } from '@mantine/core';
import './sync-dot.css';

export type SyncState = 'safe' | 'owed' | 'trouble';

/** How well the work is kept: a small dot with a short word, the whole sentence behind it. */
export function SyncDot({
  state,
  label,
  sentence,
}: Readonly<{ state: SyncState; label: string; sentence: string }>) {
  return (
    <Popover position="right-end" withinPortal shadow="md" width={280}>
      <Popover.Target>
        <button type="button" className="sync-dot" data-state={state} title={sentence}>
          <span className="sync-shape" aria-hidden />
          <span className="one-line">{label}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>{sentence}</Popover.Dropdown>
    </Popover>
  );
}
