import { NumberInput, Select } from '@mantine/core';
import type { Share } from '#shared/meetings/public.ts';
import { useWords } from '../../ui/use-words.ts';

type ShareFieldProps = Readonly<{ label: string; value: Share; onChange: (share: Share) => void }>;

/** A share as rules of procedure say it: "quá" or "ít nhất", and so many parts of so many. */
export function ShareField({ label, value, onChange }: ShareFieldProps) {
  const words = useWords();
  return (
    <div className="share-field" role="group" aria-label={label}>
      <Select
        label={label}
        allowDeselect={false}
        value={value.more ? 'more' : 'least'}
        data={[
          { value: 'more', label: words('meetings.share.choose.more') },
          { value: 'least', label: words('meetings.share.choose.least') },
        ]}
        onChange={(chosen) => {
          onChange({ ...value, more: chosen === 'more' });
        }}
      />
      <NumberInput
        label={words('meetings.share.parts')}
        min={1}
        max={1000}
        allowDecimal={false}
        hideControls
        value={value.parts}
        onChange={(parts) => {
          onChange({ ...value, parts: Number(parts) });
        }}
      />
      <NumberInput
        label={words('meetings.share.of')}
        min={1}
        max={1000}
        allowDecimal={false}
        hideControls
        value={value.of}
        onChange={(of) => {
          onChange({ ...value, of: Number(of) });
        }}
      />
    </div>
  );
}
