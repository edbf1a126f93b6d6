import { Checkbox, Select, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { SeriesSchema, type Body, type Series } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { HourField } from '../../ui/hour-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const nths = [1, 2, 3, 4, 'last'] as const;
const usual: Series = { every: 'month', weekday: 1, nth: 1, hour: '08:00', minutes: 180, place: '' };

/** On which days a body sits by itself. */
export function SeriesDialog({ body, onClose }: Readonly<{ body: Body; onClose: () => void }>) {
  const words = useWords();
  const [isRegular, setRegular] = useState(true);
  const [series, setSeries] = useState<Series>(body.series ?? usual);
  const [hour, setHour] = useState<string | null>(series.hour);
  const [minutes, setMinutes] = useState(String(series.minutes));
  const act = useMeetingAsk(onClose);
  const read = SeriesSchema.safeParse({ ...series, hour, minutes: Number(minutes) });
  return (
    <FormDialog
      title={words('meetings.series')}
      confirm={words('meetings.save')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={isRegular && !read.success}
      onSubmit={() => {
        const sent = { bodyId: body.id, series: isRegular && read.success ? read.data : null };
        act.send(() => ask(core.meetings.arrangeSeries, sent), words('meetings.series.saved'));
      }}
    >
      <Checkbox
        size="xs"
        label={words('meetings.series.regular')}
        checked={isRegular}
        onChange={(event) => {
          setRegular(event.currentTarget.checked);
        }}
      />
      {isRegular && (
        <>
          <SegmentedControl
            aria-label={words('meetings.series')}
            value={series.every}
            onChange={(every) => {
              setSeries({ ...series, every: every === 'week' ? 'week' : 'month' });
            }}
            data={(['week', 'month'] as const).map((every) => ({
              value: every,
              label: words(`meetings.series.${every}`),
            }))}
          />
          <Stack columns={2}>
            <Select
              label={words('meetings.series.weekday')}
              allowDeselect={false}
              value={String(series.weekday)}
              data={weekdays.map((weekday) => ({
                value: String(weekday),
                label: words(`ui.weekday.${weekday}`),
              }))}
              onChange={(value) => {
                setSeries({ ...series, weekday: Number(value) });
              }}
            />
            {series.every === 'month' && (
              <Select
                label={words('meetings.series.nth')}
                allowDeselect={false}
                value={String(series.nth)}
                data={nths.map((nth) => ({ value: String(nth), label: words(`meetings.series.nth.${nth}`) }))}
                onChange={(value) => {
                  setSeries({ ...series, nth: nths.find((nth) => String(nth) === value) ?? 1 });
                }}
              />
            )}
            <HourField label={words('meetings.from')} value={hour} onChange={setHour} required />
            <TextField
              label={words('meetings.item.minutes')}
              value={minutes}
              onChange={setMinutes}
              required
              maxLength={4}
            />
          </Stack>
          <TextField
            label={words('meetings.place')}
            value={series.place}
            onChange={(place) => {
              setSeries({ ...series, place });
            }}
            maxLength={200}
          />
        </>
      )}
    </FormDialog>
  );
}
