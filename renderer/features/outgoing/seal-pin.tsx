import { PasswordInput } from '@mantine/core';
import { dayOf, type Instant } from '#shared/kernel/public.ts';
import { formatDay } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type SealPinProps = Readonly<{
  name: string;
  until: Instant | null;
  pin: string;
  missing: boolean;
  onChange: (pin: string) => void;
}>;

/** The seal is used by the clerk in person (NĐ 30 Đ32): which one, then its PIN. */
export function SealPin({ name, until, pin, missing, onChange }: SealPinProps) {
  const words = useWords();
  return (
    <PasswordInput
      label={words('outgoing.issue.pin')}
      description={
        until === null ? name : words('outgoing.issue.seal', { name, day: formatDay(dayOf(until)) })
      }
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={pin}
      autoComplete="off"
      {...firstFocus}
      visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words('ui.pin.show') }}
      error={missing ? words('ui.pin.needed') : null}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
