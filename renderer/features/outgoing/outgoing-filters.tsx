import { SegmentedControl, Select } from '@mantine/core';
import type { OutgoingState } from '#shared/documents/public.ts';
import { yearOf } from '#shared/kernel/public.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useWords } from '../../ui/use-words.ts';

export const stages = ['all', 'draft', 'circulating', 'signed', 'issued'] as const;
export type Stage = (typeof stages)[number];

/** Where our papers stand, in four words instead of seven states; given up ones are found under all. */
export const statesOf: Readonly<Record<Stage, readonly OutgoingState[] | null>> = {
  all: null,
  draft: ['draft'],
  circulating: ['circulating'],
  signed: ['signed', 'numbered', 'sealed'],
  issued: ['issued'],
};

export type OutgoingFilter = Readonly<{ stage: Stage; year: number | null; text: string }>;

const yearsBack = 5;

/** Search, year and state over the list. */
export function OutgoingFilters(
  props: Readonly<{ filter: OutgoingFilter; onChange: (filter: OutgoingFilter) => void }>,
) {
  const { filter, onChange } = props;
  const words = useWords();
  const thisYear = yearOf(useMoment().today);
  const years = Array.from({ length: yearsBack }, (_, back) => thisYear - back);
  return (
    <>
      <SearchField
        label={words('outgoing.search')}
        value={filter.text}
        onChange={(text) => {
          onChange({ ...filter, text });
        }}
      />
      <Select
        size="xs"
        w="6.5rem"
        aria-label={words('outgoing.year')}
        value={filter.year === null ? 'all' : String(filter.year)}
        allowDeselect={false}
        data={[
          { value: 'all', label: words('outgoing.year.all') },
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
        aria-label={words('outgoing.stage')}
        value={filter.stage}
        data={stages.map((stage) => ({ value: stage, label: words(`outgoing.stage.${stage}`) }))}
        onChange={(stage) => {
          onChange({ ...filter, stage });
        }}
      />
    </>
  );
}
