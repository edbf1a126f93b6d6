import { Button } from '@mantine/core';
import { Note } from '../../ui/gate.tsx';
import { useWords } from '../../ui/use-words.ts';
import { openOutside } from './use-journey.ts';

/** What to do while the browser is at the identity provider. */
export function AwayNote({ url }: Readonly<{ url: string }>) {
  const words = useWords();
  return (
    <Note>
      <p role="status">{words('session.identity.away')}</p>
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => {
          openOutside(url);
        }}
      >
        {words('session.identity.again')}
      </Button>
    </Note>
  );
}
