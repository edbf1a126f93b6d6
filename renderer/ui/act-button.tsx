import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { KeyCaps } from './key-caps.tsx';

type ActButtonProps = Readonly<{
  label: string;
  icon: Icon;
  run: () => void;
  keys?: string;
  /** Beside the one thing that people come here to do. */
  second?: boolean;
}>;

/** A small button with its drawing and, where it has them, its keys. */
export function ActButton({ label, icon: IconDrawn, run, keys, second = false }: ActButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant={second ? 'default' : 'filled'}
      leftSection={<IconDrawn size="1rem" stroke={1.75} aria-hidden />}
      rightSection={keys !== undefined && <KeyCaps keys={keys} />}
      onClick={run}
    >
      {label}
    </Button>
  );
}
