import { Select } from '@mantine/core';
import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { votersOf } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import type { Sitting } from './use-sitting.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type ProxyDialogProps = Readonly<{ sitting: Sitting; onClose: () => void }>;

/** Hands one's vote to another member as long as one is away, or takes it back. */
export function ProxyDialog({ sitting: { meeting, me }, onClose }: ProxyDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const act = useSittingAsk(onClose);
  const given = meeting.proxies.find(({ from }) => from === me)?.to ?? null;
  const [to, setTo] = useState<string | null>(given);
  return (
    <FormDialog
      title={words('command.meetings.giveProxy')}
      confirm={words(to === null ? 'sitting.proxy.take-back' : 'command.meetings.giveProxy')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={to === given}
      onSubmit={() => {
        const body = { meetingId: meeting.id, to: to === null ? null : PersonIdSchema.parse(to) };
        act.send(() => ask(core.meetings.giveProxy, body));
      }}
    >
      <Select
        label={words('sitting.proxy.to')}
        description={words('sitting.proxy.hint')}
        data={votersOf(meeting).flatMap((id) => (id === me ? [] : [{ value: id, label: nameOf(id) }]))}
        value={to}
        onChange={setTo}
        searchable
        clearable
      />
    </FormDialog>
  );
}
