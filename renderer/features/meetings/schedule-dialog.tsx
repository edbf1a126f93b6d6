import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AgendaItemIdSchema, type MeetingId } from '#shared/kernel/public.ts';
import type { Proposal } from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { sayInstant } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

type ScheduleDialogProps = Readonly<{
  proposal: Proposal;
  onClose: () => void;
  onDone: (id: MeetingId) => void;
}>;

/** Puts what was proposed last on the agenda of one of the body's coming meetings. */
export function ScheduleDialog({ proposal, onClose, onDone }: ScheduleDialogProps) {
  const words = useWords();
  const { now } = useMoment();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['meetings', 'list', 'to-schedule'],
    queryFn: () => core.meetings.list({ text: '', when: 'coming', offset: 0, limit: 100 }),
  });
  const rows = (data?.rows ?? []).filter(
    ({ body, state }) => body === proposal.body && (state === 'draft' || state === 'invited'),
  );
  const meetingId = rows.find(({ id }) => id === chosen)?.id ?? rows[0]?.id ?? null;
  const act = useMeetingAsk(() => {
    if (meetingId !== null) onDone(meetingId);
  });
  const send = async (): Promise<void> => {
    if (meetingId === null) return;
    // It comes to stand last on the agenda by itself; arranged once more it would stand there twice.
    const itemId = AgendaItemIdSchema.parse(newId());
    await ask(core.meetings.scheduleProposal, { proposalId: proposal.id, meetingId, itemId });
  };
  return (
    <FormDialog
      title={words('meetings.proposal.act.schedule')}
      confirm={words('meetings.proposal.act.schedule')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={meetingId === null}
      onSubmit={() => {
        act.send(send, words('meetings.proposal.scheduled'));
      }}
    >
      <p>{proposal.title}</p>
      <Combo
        label={words('meetings.proposal.meeting')}
        choices={rows.map(({ id, title, startsAt }) => ({
          id,
          label: title,
          note: sayInstant(startsAt, now, words),
        }))}
        value={meetingId}
        onChange={setChosen}
        required
        takesFocus
        error={data !== undefined && rows.length === 0 ? words('meetings.proposal.noMeeting') : null}
      />
    </FormDialog>
  );
}
