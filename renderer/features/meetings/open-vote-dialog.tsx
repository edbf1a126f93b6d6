import { useState } from 'react';
import { VoteIdSchema, dayOf, instantAt, type Day } from '#shared/kernel/public.ts';
import {
  RemindDaysSchema,
  mostRemindDays,
  usualRemindDays,
  type AgendaItem,
  type Meeting,
} from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { HourField } from '../../ui/hour-field.tsx';
import { formatClock } from '../../ui/moments.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { DaysField } from './days-field.tsx';
import { saySilence } from './rules-words.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

type OpenVoteDialogProps = Readonly<{ meeting: Meeting; item: AgendaItem; onClose: () => void }>;

const usual = 'usual';

/** Asks every member in writing, by name, until an hour that is said now. */
export function OpenVoteDialog({ meeting, item, onClose }: OpenVoteDialogProps) {
  const words = useWords();
  const [question, setQuestion] = useState(item.title);
  const [day, setDay] = useState<Day | null>(dayOf(meeting.endsAt));
  const [clock, setClock] = useState<string | null>(formatClock(meeting.endsAt));
  const [special, setSpecial] = useState<string | null>(usual);
  const { rules } = meeting;
  const [remindDays, setRemindDays] = useState(rules?.remindDays ?? usualRemindDays);
  const isCount = RemindDaysSchema.safeParse(remindDays).success;
  const act = useMeetingAsk(onClose);
  return (
    <FormDialog
      title={words('meetings.vote.open')}
      confirm={words('meetings.vote.open')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={question.trim() === '' || day === null || clock === null || !isCount}
      onSubmit={() => {
        if (day === null || clock === null) return;
        const body = {
          voteId: VoteIdSchema.parse(newId()),
          meetingId: meeting.id,
          itemId: item.id,
          question: { is: 'motion' as const, words: question },
          form: 'named' as const,
          askedBy: null,
          special: special === usual ? null : special,
          until: instantAt(day, clock),
          remindDays,
          decides: true,
        };
        act.send(() => ask(core.meetings.openVote, body), words('meetings.vote.opened'));
      }}
    >
      <TextField
        label={words('meetings.vote.question')}
        value={question}
        onChange={setQuestion}
        rows={2}
        required
        takesFocus
        maxLength={1000}
      />
      <Stack columns={2}>
        <DayField label={words('meetings.lastDay')} lean="ahead" value={day} onChange={setDay} required />
        <HourField label={words('meetings.lastHour')} value={clock} onChange={setClock} required />
      </Stack>
      {rules !== null && <p className="dim">{saySilence(rules, words)}</p>}
      <DaysField
        label={words('meetings.rules.remindDays')}
        hint={words('meetings.rules.remindDays.hint', { most: mostRemindDays })}
        most={mostRemindDays}
        value={remindDays}
        onChange={setRemindDays}
      />
      {rules !== null && rules.special.length > 0 && (
        <Combo
          label={words('meetings.vote.rule')}
          choices={[
            { id: usual, label: words('meetings.vote.rule.usual') },
            ...rules.special.map(({ id, name }) => ({ id, label: name })),
          ]}
          value={special}
          onChange={setSpecial}
        />
      )}
    </FormDialog>
  );
}
