import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Repaired } from '#shared/sync/public.ts';
import { core } from '../../app/client.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { firstFocus } from '../../ui/first-focus.ts';
import { sayInstant } from '../../ui/moments.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';

/** Told once: the data file was damaged, what was saved out of it, and what comes again by itself. */
export function RepairedDialog({ repaired }: Readonly<{ repaired: Repaired }>) {
  const words = useWords();
  const { now } = useMoment();
  const client = useQueryClient();
  const knowing = useMutation({
    mutationFn: () => core.sync.knowRepaired({}),
    onSettled: () => client.invalidateQueries({ queryKey: ['sync'] }),
  });
  const know = (): void => {
    if (!knowing.isPending) knowing.mutate();
  };
  const { commands, drafts, files, unreadable } = repaired;
  const saved = [
    words('sync.repaired.commands', { count: commands }),
    words('sync.repaired.drafts', { count: drafts }),
    words('sync.repaired.files', { count: files }),
    words('sync.repaired.keys'),
  ];
  return (
    <DialogFrame onClose={know} title={words('sync.repaired.title')}>
      <div className="dialog">
        <p>{words('sync.repaired.text', { when: sayInstant(repaired.at, now, words), pages: unreadable })}</p>
        <ul>
          {saved.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>{words('sync.repaired.rest')}</p>
        <div className="dialog-acts">
          <Button {...firstFocus} loading={knowing.isPending} onClick={know}>
            {words('sync.repaired.known')}
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}
