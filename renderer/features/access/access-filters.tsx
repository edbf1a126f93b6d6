import { Button, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { accessKinds, type AccessFilter } from '#shared/access/public.ts';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { DayField } from '../../ui/day-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import '../../ui/filters-in-line.css';

/** By whom, what and when; and the one paper it was narrowed to. */
export function AccessFilters({
  filter,
  onChange,
}: Readonly<{ filter: AccessFilter; onChange: (filter: AccessFilter) => void }>) {
  const words = useWords();
  const { people } = useDirectory();
  return (
    <div className="filters-in-line">
      <Select
        size="xs"
        w="15rem"
        clearable
        searchable
        aria-label={words('access.column.person')}
        placeholder={words('access.anybody')}
        value={filter.person}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(person) => {
          onChange({ ...filter, person: PersonIdSchema.safeParse(person).data ?? null });
        }}
      />
      <Select
        size="xs"
        w="10rem"
        clearable
        aria-label={words('access.column.what')}
        placeholder={words('access.anything')}
        value={filter.what}
        data={accessKinds.map((value) => ({ value, label: words(`access.what.${value}`) }))}
        onChange={(what) => {
          onChange({ ...filter, what: accessKinds.find((kind) => kind === what) ?? null });
        }}
      />
      <DayField
        label={words('access.from')}
        lean="behind"
        value={filter.from}
        onChange={(from) => {
          onChange({ ...filter, from });
        }}
      />
      <DayField
        label={words('access.to')}
        lean="behind"
        value={filter.to}
        onChange={(to) => {
          onChange({ ...filter, to });
        }}
      />
      {filter.on !== null && (
        <Button
          size="compact-sm"
          variant="light"
          rightSection={<IconX size="0.875rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            onChange({ ...filter, on: null });
          }}
        >
          {words('access.oneThing')}
        </Button>
      )}
    </div>
  );
}
