import { Select, SegmentedControl } from '@mantine/core';
import type { incomingStates } from '#shared/documents/public.ts';
import { yearOf } from '#shared/kernel/public.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useWords } from '../../ui/use-words.ts';

export const stages = ['all', 'arrived', 'open', 'done', 'refused'] as const;
export type Stage = (typeof stages)[number];

/** The states of each stage; a list is looked through by where papers stand, not by seven names. */
export const statesOf: Readonly<Record<Stage, readonly (typeof incomingStates)[number][] | null>> = {
  all: null,
  arrived: ['arrived'],
  open: ['registered', 'directed', 'in-progress'],
  done: ['done', 'filed'],
  refused: ['refused', 'recalled'],
};

export type IncomingFilter = Readonly<{ stage: Stage; year: number | null; text: string }>;

const yearsBack = 5;

/** Search, state and year over the list. */
export function IncomingFilters(
  props: Readonly<{
    filter: IncomingFilter;
    onChange: (filter: IncomingFilter) => void;
    withArrived: boolean;
  }>,
) {
  const { filter, onChange, withArrived } = props;
  const words = useWords();
  const thisYear = yearOf(useMoment().today);
  const years = Array.from({ length: yearsBack }, (_, back) => thisYear - back);
  // What was not registered, or turned away, is the clerks' own affair.
  const shown = stages.filter((stage) => withArrived || (stage !== 'arrived' && stage !== 'refused'));
  return (
    <>
      <SearchField
        label={words('incoming.search')}
        value={filter.text}
        onChange={(text) => {
          onChange({ ...filter, text });
        }}
      />
      <Select
        size="xs"
        w="6.5rem"
        aria-label={words('incoming.year')}
        value={filter.year === null ? 'all' : String(filter.year)}
        allowDeselect={false}
        data={[
          { value: 'all', label: words('incoming.year.all') },
          ...years.map((year) => ({ value: String(year), label: String(year) })),
        ]}
        onChange={(value) => {
          onChange({ ...filter, year: value === null || value === 'all' ? null : Number(value) });
        }}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        w="100%"
        aria-label={words('incoming.stage')}
        value={filter.stage}
        data={shown.map((stage) => ({ value: stage, label: words(`incoming.stage.${stage}`) }))}
        onChange={(stage) => {
          onChange({ ...filter, stage });
        }}
      />
    </>
  );
}
