import { Autocomplete } from '@mantine/core';
import { bestMatches } from './fold.ts';
import type { FieldProps } from './text-field.tsx';
import { firstFocus } from './first-focus.ts';

type SuggestFieldProps = Omit<FieldProps, 'rows' | 'inputRef' | 'onBlur'> &
  Readonly<{ suggestions: readonly string[] }>;

const shownAtMost = 8;

/** A line of text that offers what was written before; anything else may be typed. Marks are not needed. */
export function SuggestField(props: SuggestFieldProps) {
  const { value, onChange, suggestions, hint, filledFrom, placeholder, maxLength, takesFocus, ...rest } =
    props;
  return (
    <Autocomplete
      label={rest.label}
      required={rest.required ?? false}
      disabled={rest.disabled ?? false}
      error={rest.error}
      description={hint ?? filledFrom ?? undefined}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={[...new Set(suggestions)]}
      value={value}
      onChange={onChange}
      data-filled={filledFrom === null || filledFrom === undefined ? undefined : true}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      limit={shownAtMost}
      filter={({ options, search, limit }) =>
        bestMatches(search, options, (option) => ('label' in option ? option.label : '')).slice(0, limit)
      }
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(takesFocus === true ? firstFocus : {})}
    />
  );
}
