import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import {
  operatorsFor,
  soughtFields,
  type Condition,
  type SoughtField,
  type SoughtQuery,
} from '#shared/search/public.ts';
import { useWords } from '../../ui/use-words.ts';

type Groups = SoughtQuery['groups'];
type Props = Readonly<{ groups: Groups; onChange: (groups: Groups) => void }>;

const names = Object.keys(soughtFields) as SoughtField[];
const begun: Condition = { field: 'subject', operator: 'has', value: '' };

/** Groups of conditions: all of a group hold, and one of the groups is enough. */
export function SeekConditions({ groups, onChange }: Props) {
  const words = useWords();
  const shown = groups.length === 0 ? [[begun]] : groups;
  const change = (at: number, group: Condition[]): void => {
    onChange(shown.map((one, place) => (place === at ? group : one)).filter((one) => one.length > 0));
  };
  return (
    <>
      {shown.map((group, at) => (
        // A group has no name of its own but its place.
        <fieldset key={`group ${String(at)}`} className="seek-group">
          <legend>{words(at === 0 ? 'seek.all' : 'seek.orAll')}</legend>
          {group.map((condition, place) => (
            <ConditionRow
              key={`condition ${String(place)}`}
              condition={condition}
              onChange={(next) => {
                change(
                  at,
                  group.map((one, other) => (other === place ? next : one)),
                );
              }}
              onRemove={() => {
                change(
                  at,
                  group.filter((_one, other) => other !== place),
                );
              }}
            />
          ))}
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size="0.875rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              change(at, [...group, begun]);
            }}
          >
            {words('seek.and')}
          </Button>
        </fieldset>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size="0.875rem" stroke={1.75} aria-hidden />}
        onClick={() => {
          onChange([...shown, [begun]]);
        }}
      >
        {words('seek.or')}
      </Button>
    </>
  );
}

type RowProps = Readonly<{
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}>;

function ConditionRow({ condition, onChange, onRemove }: RowProps) {
  const words = useWords();
  const { field, operator, value } = condition;
  const allowed = operatorsFor(field);
  const isBare = operator === 'filled' || operator === 'empty';
  return (
    <div className="seek-condition">
      <Select
        size="xs"
        w="14rem"
        searchable
        allowDeselect={false}
        aria-label={words('seek.field')}
        value={field}
        data={names.map((name) => ({ value: name, label: words(`sought.field.${name}`) }))}
        onChange={(chosen) => {
          const next = names.find((name) => name === chosen);
          if (next === undefined) return;
          const [usual = 'is'] = operatorsFor(next);
          onChange({
            field: next,
            operator: operatorsFor(next).includes(operator) ? operator : usual,
            value: '',
          });
        }}
      />
      <Select
        size="xs"
        w="10rem"
        allowDeselect={false}
        aria-label={words('seek.operator')}
        value={operator}
        data={allowed.map((one) => ({ value: one, label: words(`seek.operator.${one}`) }))}
        onChange={(chosen) => {
          const next = allowed.find((one) => one === chosen);
          if (next !== undefined) onChange({ ...condition, operator: next });
        }}
      />
      {!isBare && (
        <Value
          field={field}
          operator={operator}
          value={value}
          onChange={(next) => {
            onChange({ ...condition, value: next });
          }}
        />
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={words('seek.remove')} onClick={onRemove}>
        <IconX size="1rem" stroke={1.75} aria-hidden />
      </ActionIcon>
    </div>
  );
}

const choices: Partial<Readonly<Record<SoughtField, readonly string[]>>> = {
  of: ['incoming', 'outgoing', 'dossier'],
  urgency: ['normal', 'urgent', 'very-urgent', 'flash'],
  mode: ['open', 'conditional'],
};

type ValueProps = Pick<Condition, 'field' | 'operator' | 'value'> &
  Readonly<{ onChange: (value: string) => void }>;

/** One of a few is chosen, a day is picked, all else is typed; several are parted by `;`. */
function Value({ field, operator, value, onChange }: ValueProps) {
  const words = useWords();
  const few = choices[field];
  const isOne = operator === 'is' || operator === 'isNot';
  if (few !== undefined && isOne) {
    return (
      <Select
        size="xs"
        w="14rem"
        aria-label={words('seek.value')}
        value={value === '' ? null : value}
        data={few.map((one) => ({ value: one, label: words(`sought.${field}.${one}`) }))}
        onChange={(chosen) => {
          onChange(chosen ?? '');
        }}
      />
    );
  }
  const isDay = soughtFields[field] === 'day' && operator !== 'in' && operator !== 'notIn';
  return (
    <TextInput
      size="xs"
      w="20rem"
      type={isDay ? 'date' : 'text'}
      aria-label={words('seek.value')}
      placeholder={operator === 'in' || operator === 'notIn' ? words('seek.several') : undefined}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
