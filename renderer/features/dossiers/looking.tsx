import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../../ui/use-words.ts';

/** Something that is looked at from within another page, with the way back above it. */
export function Looking({ onBack, children }: Readonly<{ onBack: () => void; children: ReactNode }>) {
  const words = useWords();
  return (
    <div className="looking">
      <div className="looking-back">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowLeft size="1rem" stroke={1.75} aria-hidden />}
          onClick={onBack}
        >
          {words('archive.back')}
        </Button>
      </div>
      <div className="looking-at">{children}</div>
    </div>
  );
}
