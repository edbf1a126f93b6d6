import { readNotation } from './notation-entry.ts';
import { TextField, type FieldProps } from './text-field.tsx';

/** Number and symbol; `15/qđ-ubnd` becomes `15/QĐ-UBND` on leaving the field. */
export function NotationField(props: Omit<FieldProps, 'rows'>) {
  return (
    <TextField
      {...props}
      onBlur={() => {
        const read = readNotation(props.value);
        if (read !== props.value) props.onChange(read);
        props.onBlur?.();
      }}
    />
  );
}
