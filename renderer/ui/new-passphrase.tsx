import { PasswordInput } from '@mantine/core';
import { firstFocus } from './first-focus.ts';
import { useWords } from './use-words.ts';

type NewPassphraseProps = Readonly<{
  value: string;
  again: string;
  /** What is wrong with the first, in a sentence. */
  error?: string | null;
  /** Somebody has tried to go on: a second one that is still empty is told too. */
  asked: boolean;
  takesFocus?: boolean;
  onChange: (value: string) => void;
  onAgain: (value: string) => void;
}>;

/** A new passphrase with its rule, typed twice. */
export function NewPassphrase(props: NewPassphraseProps) {
  const { value, again, error = null, asked, takesFocus = false, onChange, onAgain } = props;
  const words = useWords();
  const shown = {
    visibilityToggleButtonProps: { tabIndex: 0, 'aria-label': words('session.passphrase.show') },
    autoComplete: 'new-password',
  };
  const differs = value !== again && (asked || again !== '');
  return (
    <>
      <PasswordInput
        {...shown}
        {...(takesFocus ? firstFocus : {})}
        label={words('session.passphrase.next')}
        description={words('session.passphrase.rule')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={value}
        error={error}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      <PasswordInput
        {...shown}
        label={words('session.passphrase.again')}
        value={again}
        error={differs ? words('session.passphrase.differs') : null}
        onChange={(event) => {
          onAgain(event.currentTarget.value);
        }}
      />
    </>
  );
}
