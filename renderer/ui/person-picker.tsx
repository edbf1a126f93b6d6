import { Combo, ComboMany, type Choice } from './combo.tsx';

/** A person who may be chosen, with what tells namesakes apart. */
export type PickablePerson = Readonly<{ id: string; name: string; post: string; unit: string }>;

type Shared = Readonly<{
  label: string;
  people: readonly PickablePerson[];
  placeholder?: string;
  hint?: string;
  error?: string | null;
  required?: boolean;
  disabled?: boolean;
}>;

/** Picks one person by two letters of the name, post or unit. */
export function PersonPicker(
  props: Shared &
    Readonly<{ value: string | null; onChange: (id: string | null) => void; takesFocus?: boolean }>,
) {
  const { people, ...rest } = props;
  return <Combo {...rest} choices={people.map(choiceOf)} />;
}

/** Picks several people. */
export function PeoplePicker(
  props: Shared & Readonly<{ value: readonly string[]; onChange: (ids: readonly string[]) => void }>,
) {
  const { people, ...rest } = props;
  return <ComboMany {...rest} choices={people.map(choiceOf)} />;
}

function choiceOf({ id, name, post, unit }: PickablePerson): Choice {
  return { id, label: name, note: [post, unit].filter((part) => part !== '').join(' · ') };
}
