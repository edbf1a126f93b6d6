import { TextInput, Textarea } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { firstFocus } from './first-focus.ts';

export type FieldProps = Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A quiet line below: what may be typed, or what was understood. */
  hint?: ReactNode;
  error?: ReactNode;
  /** Where the value came from when the program filled it in, e.g. "đọc từ trang 1". */
  filledFrom?: string | null;
  required?: boolean;
  disabled?: boolean;
  placeholder?: string;
  takesFocus?: boolean;
  rows?: number;
  maxLength?: number;
  inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
  onBlur?: () => void;
}>;

/** A line of text, or several with `rows`. */
export function TextField(props: FieldProps) {
  const {
    value,
    onChange,
    hint,
    filledFrom,
    rows,
    inputRef,
    takesFocus,
    placeholder,
    maxLength,
    onBlur,
    ...rest
  } = props;
  const shared = {
    label: rest.label,
    required: rest.required ?? false,
    disabled: rest.disabled ?? false,
    error: rest.error,
    description: hint ?? filledFrom ?? undefined,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] as (
      'label' | 'input' | 'error' | 'description'
    )[],
    value,
    'data-filled': filledFrom === null || filledFrom === undefined ? undefined : true,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(onBlur === undefined ? {} : { onBlur }),
    // Moves the focus when a dialog or a form opens, as the person asked for it.
    ...(takesFocus === true ? firstFocus : {}),
  };
  if (rows !== undefined) {
    return (
      <Textarea
        {...shared}
        ref={inputRef ?? null}
        minRows={rows}
        maxRows={rows * 3}
        autosize
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      ref={inputRef ?? null}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
