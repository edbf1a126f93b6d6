import { Combobox, InputBase, Pill, PillsInput, useCombobox, type ComboboxStore } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { bestMatches } from './fold.ts';
import { useWords } from './use-words.ts';
import { firstFocus } from './first-focus.ts';
import './combo.css';

/** Something that can be picked: a person, a unit, an agency, a kind of document. */
export type Choice = Readonly<{ id: string; label: string; note?: string | undefined; disabled?: boolean }>;

type ComboProps = Readonly<{
  label: string;
  choices: readonly Choice[];
  value: string | null;
  onChange: (id: string | null) => void;
  placeholder?: string;
  hint?: string;
  error?: string | null;
  required?: boolean;
  disabled?: boolean;
  takesFocus?: boolean;
  /** What is typed, where `choices` are only the best of very many: whoever gives them asks again. */
  onSeek?: (typed: string) => void;
}>;

const shownAtMost = 30;
const seekAfterMs = 120;

/** Picks one of many; two letters without diacritics find it (`ng va` → Nguyễn Văn An), Enter takes the first. */
export function Combo(props: ComboProps) {
  const {
    label,
    choices,
    value,
    onChange,
    placeholder,
    hint,
    error = null,
    required = false,
    disabled = false,
    takesFocus = false,
    onSeek,
  } = props;
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
    },
  });
  const [typed, setTyped] = useState<string | null>(null);
  const [picked, setPicked] = useState<Choice | undefined>();
  useFirstOption(box, typed ?? '');
  // What was picked stays named when the choices are of other words.
  const chosen = [...choices, ...(picked === undefined ? [] : [picked])].find(({ id }) => id === value);
  const seek = useDebouncedCallback((text: string) => onSeek?.(text.trim()), seekAfterMs);
  const type = (text: string | null): void => {
    setTyped(text);
    seek(text ?? '');
  };
  const pick = (id: string): void => {
    setPicked(choices.find((choice) => choice.id === id));
    onChange(id);
    type(null);
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={pick} transitionProps={{ duration: 0 }}>
      <Combobox.Target>
        <InputBase
          size="sm"
          label={label}
          description={hint}
          error={error}
          required={required}
          disabled={disabled}
          placeholder={placeholder ?? ''}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          {...(takesFocus ? firstFocus : {})}
          value={typed ?? chosen?.label ?? ''}
          onChange={(event) => {
            type(event.currentTarget.value);
            if (event.currentTarget.value === '') onChange(null);
            box.openDropdown();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || typed === null || typed.trim() === '') return;
            // Enter may come before the list has been drawn for the last letter.
            event.preventDefault();
            const first = matching(typed, choices).find((choice) => choice.disabled !== true);
            if (box.getSelectedOptionIndex() === -1 && first !== undefined) pick(first.id);
          }}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          onClick={() => {
            box.openDropdown();
          }}
          onBlur={() => {
            box.closeDropdown();
            type(null);
          }}
        />
      </Combobox.Target>
      <ComboList label={label} choices={choices} typed={typed ?? ''} />
    </Combobox>
  );
}

type ComboManyProps = Omit<ComboProps, 'value' | 'onChange' | 'takesFocus' | 'onSeek'> &
  Readonly<{ value: readonly string[]; onChange: (ids: readonly string[]) => void }>;

/** Picks several, in order; Backspace takes the last one back. */
export function ComboMany(props: ComboManyProps) {
  const {
    label,
    choices,
    value,
    onChange,
    placeholder,
    hint,
    error = null,
    required = false,
    disabled = false,
  } = props;
  const words = useWords();
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
    },
  });
  const [typed, setTyped] = useState('');
  useFirstOption(box, typed);
  const chosen = value.flatMap((id) => choices.find((choice) => choice.id === id) ?? []);
  const left = choices.filter((choice) => !value.includes(choice.id));
  const pick = (id: string): void => {
    onChange([...value, id]);
    setTyped('');
  };
  return (
    <Combobox store={box} transitionProps={{ duration: 0 }} onOptionSubmit={pick}>
      <Combobox.DropdownTarget>
        <PillsInput
          size="sm"
          label={label}
          description={hint}
          error={error}
          required={required}
          disabled={disabled}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          onClick={() => {
            box.openDropdown();
          }}
        >
          <Pill.Group>
            {chosen.map((choice) => (
              <Pill
                key={choice.id}
                withRemoveButton={!disabled}
                removeButtonProps={{ 'aria-label': words('ui.combo.remove', { name: choice.label }) }}
                onRemove={() => {
                  onChange(value.filter((id) => id !== choice.id));
                }}
              >
                {choice.label}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                aria-label={label}
                value={typed}
                disabled={disabled}
                placeholder={chosen.length === 0 ? (placeholder ?? '') : ''}
                onChange={(event) => {
                  setTyped(event.currentTarget.value);
                  box.openDropdown();
                }}
                onBlur={() => {
                  box.closeDropdown();
                  setTyped('');
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && typed.trim() !== '') {
                    event.preventDefault();
                    const first = matching(typed, left).find((choice) => choice.disabled !== true);
                    if (box.getSelectedOptionIndex() === -1 && first !== undefined) pick(first.id);
                  }
                  const takesBack = event.key === 'Backspace' && typed === '';
                  if (takesBack && value.length > 0) onChange(value.slice(0, -1));
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <ComboList label={label} choices={left} typed={typed} />
    </Combobox>
  );
}

function ComboList({
  label,
  choices,
  typed,
}: Readonly<{ label: string; choices: readonly Choice[]; typed: string }>) {
  const words = useWords();
  const found = matching(typed, choices);
  const shown = found.slice(0, shownAtMost);
  return (
    <Combobox.Dropdown>
      <Combobox.Options className="combo-options" aria-label={label}>
        {shown.map((choice) => (
          <Combobox.Option key={choice.id} value={choice.id} disabled={choice.disabled ?? false}>
            <span className="combo-label">{choice.label}</span>
            {choice.note !== undefined && <span className="combo-note">{choice.note}</span>}
          </Combobox.Option>
        ))}
        {found.length === 0 && <Combobox.Empty>{words('ui.combo.nothing', { typed })}</Combobox.Empty>}
        {found.length > shown.length && (
          <Combobox.Footer>{words('ui.combo.more', { count: found.length - shown.length })}</Combobox.Footer>
        )}
      </Combobox.Options>
    </Combobox.Dropdown>
  );
}

function matching(typed: string, choices: readonly Choice[]): readonly Choice[] {
  return bestMatches(typed, choices, (choice) => `${choice.label} ${choice.note ?? ''}`);
}

/** While something is typed the best match is marked, so that Enter takes it. */
function useFirstOption(box: ComboboxStore, typed: string): void {
  const latest = useRef(box);
  useEffect(() => {
    latest.current = box;
  });
  useEffect(() => {
    if (typed.trim() === '') return;
    latest.current.updateSelectedOptionIndex();
    latest.current.selectFirstOption();
  }, [typed]);
}
