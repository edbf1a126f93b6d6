import { useState } from 'react';
import { readHour } from './hour-entry.ts';
import { TextField, type FieldProps } from './text-field.tsx';
import { useWords } from './use-words.ts';

type HourFieldProps = Omit<FieldProps, 'value' | 'onChange' | 'hint' | 'rows' | 'onBlur'> &
  Readonly<{ value: string | null; onChange: (clock: string | null) => void }>;

/** An hour typed as people type it, written out on leaving. */
export function HourField({ value, onChange, ...rest }: HourFieldProps) {
  const words = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const isUnclear = typed !== null && typed.trim() !== '' && readHour(typed) === null;
  return (
    <TextField
      {...rest}
      placeholder={rest.placeholder ?? words('ui.hour.example')}
      value={typed ?? value ?? ''}
      onChange={(text) => {
        setTyped(text);
        onChange(readHour(text));
      }}
      onBlur={() => {
        if (!isUnclear) setTyped(null);
      }}
      {...(isUnclear ? { error: words('ui.hour.unclear') } : {})}
    />
  );
}
