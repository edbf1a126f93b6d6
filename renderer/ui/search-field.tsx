import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useShortcut } from './commands.tsx';

type SearchFieldProps = Readonly<{ label: string; value: string; onChange: (value: string) => void }>;

const waitMs = 120;

/** Searches a list while it is typed into; `/` comes here, Esc empties it, Enter and the down arrow go to the list. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [typed, setTyped] = useState(value);
  useShortcut({ keys: '/', label, run: () => field.current?.focus() });
  const type = (text: string): void => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      onChange(text.trim());
    }, waitMs);
  };
  return (
    <TextInput
      ref={field}
      size="xs"
      flex={1}
      miw="8rem"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size="0.875rem" stroke={1.75} aria-hidden />}
      value={typed}
      onChange={(event) => {
        type(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') {
          event.stopPropagation();
          type('');
        } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
          event.preventDefault();
          document.querySelector<HTMLElement>('.dense-list')?.focus();
        }
      }}
    />
  );
}
