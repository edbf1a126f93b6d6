import { Radio } from '@mantine/core';
import { PeoplePicker, type PickablePerson } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';

const accesses = ['everybody', 'members', 'named'] as const;

/** Who reads an item, as the dialog has it. */
export type Readers = Readonly<{
  access: (typeof accesses)[number];
  people: readonly string[];
  excluded: readonly string[];
  /** Why they are kept out. */
  because: string;
}>;

type ReaderFieldsProps = Readonly<{
  form: Readers;
  onChange: (part: Partial<Readers>) => void;
  people: readonly PickablePerson[];
  asked: boolean;
}>;

/** Who may read an item, and who is kept out of it and why. */
export function ReaderFields({ form, onChange, people, asked }: ReaderFieldsProps) {
  const words = useWords();
  const needsReason = form.excluded.length > 0 && form.because.trim() === '';
  return (
    <>
      <Radio.Group
        label={words('meetings.access')}
        value={form.access}
        onChange={(value) => {
          onChange({ access: accesses.find((one) => one === value) ?? 'everybody' });
        }}
      >
        {accesses.map((access) => (
          <Radio
            key={access}
            size="xs"
            mt="xs"
            value={access}
            label={words(`meetings.access.choose.${access}`)}
          />
        ))}
      </Radio.Group>
      {form.access === 'named' && (
        <PeoplePicker
          label={words('meetings.access.people')}
          people={people}
          value={form.people}
          onChange={(chosen) => {
            onChange({ people: chosen });
          }}
          required
          error={asked && form.people.length === 0 ? words('meetings.needed') : null}
        />
      )}
      <PeoplePicker
        label={words('meetings.item.excluded')}
        people={people}
        value={form.excluded}
        onChange={(excluded) => {
          onChange({ excluded });
        }}
        hint={words('meetings.item.excluded.hint')}
      />
      {form.excluded.length > 0 && (
        <TextField
          label={words('meetings.item.because')}
          value={form.because}
          onChange={(because) => {
            onChange({ because });
          }}
          required
          maxLength={300}
          error={asked && needsReason ? words('ui.reason.needed') : null}
        />
      )}
    </>
  );
}
