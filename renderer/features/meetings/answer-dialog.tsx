import { Radio } from '@mantine/core';
import { useState } from 'react';
import { PersonIdSchema, dayOf } from '#shared/kernel/public.ts';
import { seatOf, type Answer, type Meeting } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { useBodies } from './use-bodies.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

const answers = ['accepts', 'declines', 'sends'] as const;

/** Comes, does not and says why, or sends one of those named for one's seat. */
export function AnswerDialog({ meeting, onClose }: Readonly<{ meeting: Meeting; onClose: () => void }>) {
  const words = useWords();
  const { nameOf, personOf } = useDirectory();
  const { person } = useMe();
  const [is, setIs] = useState<Answer['is']>('declines');
  const [reason, setReason] = useState('');
  const [chosen, setSubstitute] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const act = useMeetingAsk(onClose);
  const body = useBodies().data?.bodies.find(({ id }) => id === meeting.body);
  const seat = body === undefined ? null : seatOf(body, person.id, dayOf(meeting.startsAt));
  const substitutes = seat?.substitutes ?? [];
  const substitute = chosen ?? substitutes[0] ?? null;
  const isMissing = is !== 'accepts' && reason.trim() === '';
  const answer = (): Answer | null => {
    if (is === 'accepts') return { is };
    if (isMissing) return null;
    if (is === 'declines') return { is, reason };
    return substitute === null ? null : { is, reason, substitute: PersonIdSchema.parse(substitute) };
  };
  return (
    <FormDialog
      title={words('meetings.act.answer')}
      confirm={words('meetings.act.answer')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        const given = answer();
        if (given === null) return;
        const sent = { meetingId: meeting.id, answer: given };
        act.send(() => ask(core.meetings.answer, sent), words('meetings.answered'));
      }}
    >
      <Radio.Group
        aria-label={words('meetings.act.answer')}
        value={is}
        onChange={(value) => {
          setIs(answers.find((one) => one === value) ?? 'declines');
        }}
      >
        {answers.map((one) => (
          <Radio
            key={one}
            size="xs"
            mb="xs"
            value={one}
            label={words(`meetings.answer.choose.${one}`)}
            disabled={one === 'sends' && substitutes.length === 0}
            {...(one === 'sends' && substitutes.length === 0
              ? { description: words('meetings.answer.nobody') }
              : {})}
          />
        ))}
      </Radio.Group>
      {is === 'sends' && (
        <Combo
          label={words('meetings.substitute')}
          choices={substitutes.map((id) => ({ id, label: nameOf(id), note: personOf(id)?.post }))}
          value={substitute}
          onChange={setSubstitute}
          required
        />
      )}
      {is !== 'accepts' && <ReasonField value={reason} onChange={setReason} asked={asked} takesFocus />}
    </FormDialog>
  );
}
