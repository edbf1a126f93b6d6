import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { KeyCaps } from './key-caps.tsx';

/** A tooltip with a sentence and, where there are any, the keys. */
export function Hint({
  text,
  keys,
  children,
}: Readonly<{ text: string; keys?: string | undefined; children: ReactElement }>) {
  return (
    <Tooltip
      label={
        <span className="hint">
          {text}
          {keys !== undefined && <KeyCaps keys={keys} />}
        </span>
      }
    >
      {children}
    </Tooltip>
  );
}
