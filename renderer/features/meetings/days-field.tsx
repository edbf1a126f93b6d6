import { NumberInput } from '@mantine/core';
import { useWords } from '../../ui/use-words.ts';

type DaysFieldProps = Readonly<{
  label: string;
  hint: string;
  most: number;
  value: number;
  /** NaN while nothing is written, which no rule takes. */
  onChange: (days: number) => void;
}>;

/** A count of days, from none to the most a rule allows; what is beyond is said, not changed in secret. */
export function DaysField({ label, hint, most, value, onChange }: DaysFieldProps) {
  const words = useWords();
  const isInRange = Number.isInteger(value) && value >= 0 && value <= most;
  return (
    <NumberInput
      label={label}
      description={hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      min={0}
      max={most}
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      value={Number.isNaN(value) ? '' : value}
      onChange={(days) => {
        onChange(days === '' ? Number.NaN : Number(days));
      }}
      error={isInRange ? null : words('meetings.days.unclear', { most })}
    />
  );
}
