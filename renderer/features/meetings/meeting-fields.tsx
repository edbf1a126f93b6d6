import { useWords } from '../../ui/use-words.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Stack } from '../../ui/gate.tsx';
import { HourField } from '../../ui/hour-field.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { MeetingForm } from './meeting-form.ts';

type MeetingFieldsProps = Readonly<{
  form: MeetingForm;
  onChange: (form: MeetingForm) => void;
  /** Where people met before. */
  places: readonly string[];
  asked: boolean;
}>;

/** What, when and where; of a round in writing only until when. */
export function MeetingFields({ form, onChange, places, asked }: MeetingFieldsProps) {
  const words = useWords();
  const { kind, title, place, day, from, to } = form;
  const isRound = kind === 'round';
  const isBackwards = !isRound && from !== null && to !== null && to < from;
  const missing = (isThere: boolean) => (asked && !isThere ? words('meetings.needed') : null);
  return (
    <>
      <TextField
        label={words('meetings.title')}
        value={title}
        onChange={(text) => {
          onChange({ ...form, title: text });
        }}
        required
        takesFocus
        maxLength={300}
        error={missing(title.trim() !== '')}
      />
      <Stack columns={2}>
        <DayField
          label={words(isRound ? 'meetings.lastDay' : 'meetings.day')}
          lean="ahead"
          value={day}
          onChange={(next) => {
            onChange({ ...form, day: next });
          }}
          required
          error={missing(day !== null)}
        />
        {!isRound && (
          <SuggestField
            label={words('meetings.place')}
            hint={words('meetings.place.hint')}
            value={place}
            onChange={(text) => {
              onChange({ ...form, place: text });
            }}
            suggestions={places}
            maxLength={200}
          />
        )}
        {!isRound && (
          <HourField
            label={words('meetings.from')}
            value={from}
            onChange={(next) => {
              onChange({ ...form, from: next });
            }}
            required
            error={missing(from !== null)}
          />
        )}
        <HourField
          label={words(isRound ? 'meetings.lastHour' : 'meetings.to')}
          value={to}
          onChange={(next) => {
            onChange({ ...form, to: next });
          }}
          required
          error={isBackwards ? words('meetings.backwards') : missing(to !== null)}
        />
      </Stack>
    </>
  );
}
