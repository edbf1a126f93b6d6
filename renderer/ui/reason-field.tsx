import { TextField } from './text-field.tsx';
import { useWords } from './use-words.ts';

type ReasonFieldProps = Readonly<{
  value: string;
  onChange: (value: string) => void;
  /** After a try: that it is missing is said at the field. */
  asked: boolean;
  takesFocus?: boolean;
}>;

/** Why, where a dialog asks for that beside other things. */
export function ReasonField({ value, onChange, asked, takesFocus = false }: ReasonFieldProps) {
  const words = useWords();
  return (
    <TextField
      label={words('ui.reason.label')}
      value={value}
      onChange={onChange}
      rows={2}
      required
      takesFocus={takesFocus}
      maxLength={500}
      error={asked && value.trim() === '' ? words('ui.reason.needed') : null}
    />
  );
}
