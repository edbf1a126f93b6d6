import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useCommands } from '../../../ui/commands.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { CeremonyDialog } from './ceremony-dialog.tsx';

const points = ['what', 'root', 'level', 'shares', 'before'] as const;

/** Before there is an authority: what it is, what will happen, and the way to begin. */
export function Founding() {
  const words = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const begin = (): void => {
    setIsOpen(true);
  };
  useCommands([
    {
      id: 'certificates.found',
      label: words('certificates.found'),
      keys: 'N',
      group: 'page',
      run: begin,
    },
  ]);
  return (
    <div className="certificate-founding">
      <h2>{words('certificates.founding')}</h2>
      {points.map((point) => (
        <p key={point}>{words(`certificates.founding.${point}`)}</p>
      ))}
      <div>
        <Button leftSection={<IconKey size="1rem" stroke={1.75} aria-hidden />} onClick={begin}>
          {words('certificates.found')}
        </Button>
      </div>
      {isOpen && (
        <CeremonyDialog
          onClose={() => {
            setIsOpen(false);
          }}
        />
      )}
    </div>
  );
}
