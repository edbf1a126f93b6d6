import { Select } from '@mantine/core';

type RuleChoiceProps<Value extends string> = Readonly<{
  label: string;
  values: readonly Value[];
  value: Value;
  say: (value: Value) => string;
  onChange: (value: Value) => void;
}>;

/** One of the few things a rule may say. */
export function RuleChoice<Value extends string>({
  label,
  values,
  value,
  say,
  onChange,
}: RuleChoiceProps<Value>) {
  return (
    <Select
      label={label}
      allowDeselect={false}
      value={value}
      data={values.map((one) => ({ value: one, label: say(one) }))}
      onChange={(picked) => {
        const found = values.find((one) => one === picked);
        if (found !== undefined) onChange(found);
      }}
    />
  );
}
