import { useState } from 'react';
import type { Day } from '#shared/kernel/public.ts';
import { readDay } from './day-entry.ts';
import { formatDay, restDayRemark, sayDay } from './moments.ts';
import { useMoment } from './moment-context.tsx';
import { TextField, type FieldProps } from './text-field.tsx';
import { useWords } from './use-words.ts';

type DayFieldProps = Omit<FieldProps, 'value' | 'onChange' | 'hint' | 'rows'> &
  Readonly<{
    value: Day | null;
    onChange: (day: Day | null) => void;
    /** A deadline lies ahead, the date on a paper behind; decides what `5/3` means. */
    lean: 'ahead' | 'behind';
  }>;

/** A day typed as people type it; what was understood is said below at once and written out on leaving. */
export function DayField({ value, onChange, lean, error, ...rest }: DayFieldProps) {
  const words = useWords();
  const { today, calendar } = useMoment();
  const [typed, setTyped] = useState<string | null>(null);
  const entry = typed === null ? null : readDay(typed, { today, calendar, lean });
  const unclear = entry?.kind === 'unclear';
  return (
    <TextField
      {...rest}
      placeholder={rest.placeholder ?? words('ui.day.example')}
      value={typed ?? (value === null ? '' : formatDay(value))}
      hint={value !== null && !unclear ? understood() : (rest.filledFrom ?? undefined)}
      error={error}
      onChange={(text) => {
        setTyped(text);
        const read = readDay(text, { today, calendar, lean });
        onChange(read.kind === 'day' ? read.day : null);
      }}
      onBlur={() => {
        if (!unclear) setTyped(null);
        rest.onBlur?.();
      }}
      {...(unclear ? { error: words('ui.day.unclear') } : {})}
    />
  );

  function understood(): string {
    if (value === null) return '';
    const remark = restDayRemark(value, calendar, words);
    return remark ?? sayDay(value, today, words);
  }
}
