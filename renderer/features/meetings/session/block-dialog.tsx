import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { MeetingId } from '#shared/kernel/public.ts';
import type { AgendaItem } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Stack } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

export type Numbered = Readonly<{ n: number; item: AgendaItem }>;
type BlockDialogProps = Readonly<{ meetingId: MeetingId; items: readonly Numbered[]; onClose: () => void }>;

/** Everything nobody objects to, adopted in one act; what the chair unticks stays for its turn. */
export function BlockDialog({ meetingId, items, onClose }: BlockDialogProps) {
  const words = useWords();
  const act = useSittingAsk(onClose);
  const [chosen, setChosen] = useState<readonly string[]>(items.map(({ item }) => item.id));
  const ids = items.flatMap(({ item: { id } }) => (chosen.includes(id) ? [id] : []));
  return (
    <FormDialog
      title={words('command.meetings.adoptBlock')}
      confirm={words('sitting.block.confirm', { count: ids.length })}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={ids.length === 0}
      onSubmit={() => {
        act.send(() => ask(core.meetings.adoptBlock, { meetingId, items: ids }));
      }}
    >
      <Checkbox.Group label={words('sitting.block.text')} value={[...chosen]} onChange={setChosen}>
        <Stack>
          {items.map(({ n, item }) => (
            <Checkbox key={item.id} value={item.id} label={`${n}. ${item.title}`} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormDialog>
  );
}
