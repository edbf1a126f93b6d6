import { Button } from '@mantine/core';
import './quick-phrases.css';

type QuickPhrasesProps = Readonly<{
  label: string;
  phrases: readonly string[];
  value: string;
  onChange: (value: string) => void;
}>;

/** Phrases that are written often; a press adds one to what is there. */
export function QuickPhrases({ label, phrases, value, onChange }: QuickPhrasesProps) {
  return (
    <div className="quick-phrases" role="group" aria-label={label}>
      {phrases.map((phrase) => (
        <Button
          key={phrase}
          size="compact-xs"
          variant="default"
          disabled={value.includes(phrase)}
          onClick={() => {
            onChange(value.trim() === '' ? phrase : `${value.trim()} ${phrase}`);
          }}
        >
          {phrase}
        </Button>
      ))}
    </div>
  );
}
