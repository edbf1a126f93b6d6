import { SegmentedControl, Select } from '@mantine/core';
import { yearOf } from '#shared/kernel/public.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { SearchField } from '../../ui/search-field.tsx';

export type ListFilter<Stage> = Readonly<{ stage: Stage; year: number | null; text: string }>;

type ListFiltersProps<Stage extends string> = Readonly<{
  filter: ListFilter<Stage>;
  onChange: (filter: ListFilter<Stage>) => void;
  labels: Readonly<{ search: string; year: string; allYears: string; stage: string }>;
  stages: readonly Readonly<{ value: Stage; label: string }>[];
}>;

const yearsBack = 5;

/** Search, year and state over a list of papers. */
export function ListFilters<Stage extends string>(props: ListFiltersProps<Stage>) {
  const { filter, onChange, labels, stages } = props;
  const thisYear = yearOf(useMoment().today);
  const years = Array.from({ length: yearsBack }, (_, back) => String(thisYear - back));
  return (
    <>
      <SearchField
        label={labels.search}
        value={filter.text}
        onChange={(text) => {
          onChange({ ...filter, text });
        }}
      />
      <Select
        size="xs"
        w="6.5rem"
        aria-label={labels.year}
        value={filter.year === null ? 'all' : String(filter.year)}
        allowDeselect={false}
        data={[
          { value: 'all', label: labels.allYears },
          ...years.map((year) => ({ value: year, label: year })),
        ]}
        onChange={(value) => {
          onChange({ ...filter, year: value === null || value === 'all' ? null : Number(value) });
        }}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        w="100%"
        aria-label={labels.stage}
        value={filter.stage}
        data={[...stages]}
        onChange={(stage) => {
          onChange({ ...filter, stage });
        }}
      />
    </>
  );
}
