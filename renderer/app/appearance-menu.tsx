import { Popover, SegmentedControl } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { schemes, textSizes, useAppearance } from '../ui/appearance.tsx';
import { useWords } from '../ui/use-words.ts';
import { languages } from './i18n.ts';
import { useLanguage } from './language.tsx';

/** Light or dark, text size, language. */
export function AppearanceMenu() {
  const words = useWords();
  const { scheme, textSize, setScheme, setTextSize } = useAppearance();
  const { language, setLanguage } = useLanguage();
  return (
    <Popover position="right-end" withinPortal trapFocus shadow="md">
      <Popover.Target>
        <button type="button" className="rail-button">
          <IconAdjustmentsHorizontal size="1.125rem" stroke={1.6} aria-hidden />
          {words('app.settings')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="appearance" aria-label={words('app.settings')}>
        <Choice
          label={words('app.settings.scheme')}
          value={scheme}
          choices={schemes.map((value) => ({ value, label: words(`app.settings.scheme.${value}`) }))}
          onChange={setScheme}
        />
        <Choice
          label={words('app.settings.size')}
          value={textSize}
          choices={textSizes.map((value) => ({ value, label: words(`app.settings.size.${value}`) }))}
          onChange={setTextSize}
        />
        <Choice
          label={words('app.settings.language')}
          value={language}
          choices={languages.map((value) => ({ value, label: words(`app.language.${value}`) }))}
          onChange={setLanguage}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice<Value extends string>(
  props: Readonly<{
    label: string;
    value: Value;
    choices: readonly Readonly<{ value: Value; label: string }>[];
    onChange: (value: Value) => void;
  }>,
) {
  const { label, value, choices, onChange } = props;
  return (
    <div className="appearance-choice">
      <span className="appearance-label">{label}</span>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={value}
        data={choices.map((choice) => ({ ...choice }))}
        onChange={(chosen) => {
          onChange(chosen);
        }}
      />
    </div>
  );
}
