import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { MeetingId } from '#shared/kernel/public.ts';
import type { AgendaItem } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Stack } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type SettleDialogProps = Readonly<{ meetingId: MeetingId; item: AgendaItem; onClose: () => void }>;

const ways = ['chair', 'noted', 'postponed', 'dropped'] as const;

/** What becomes of an item without a vote. */
export function SettleDialog({ meetingId, item, onClose }: SettleDialogProps) {
  const words = useWords();
  const act = useSittingAsk(onClose);
  const offered = ways.filter((way) => way !== 'noted' || item.purpose !== 'decide');
  const [how, setHow] = useState<(typeof ways)[number]>(item.purpose === 'decide' ? 'chair' : 'noted');
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = how !== 'noted' && said.trim() === '';
  return (
    <FormDialog
      title={words('command.meetings.settleItem')}
      confirm={words('command.meetings.settleItem')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (missing) return;
        const body = { meetingId, itemId: item.id, how, words: said.trim() };
        act.send(() => ask(core.meetings.settleItem, body));
      }}
    >
      <p>{item.title}</p>
      <Radio.Group
        label={words('sitting.settle.how')}
        value={how}
        onChange={(value) => {
          setHow(ways.find((way) => way === value) ?? 'chair');
        }}
      >
        <Stack>
          {offered.map((way) => (
            <Radio key={way} value={way} label={words(`sitting.settle.${way}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <TextField
        label={words(
          how === 'postponed' || how === 'dropped' ? 'sitting.settle.reason' : 'sitting.settle.words',
        )}
        value={said}
        onChange={setSaid}
        rows={3}
        required={how !== 'noted'}
        maxLength={2000}
        takesFocus
        error={asked && missing ? words('refusal.meetings.settling-needs-words') : null}
      />
    </FormDialog>
  );
}
