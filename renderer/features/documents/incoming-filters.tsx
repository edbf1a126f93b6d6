import type { incomingStates } from '#shared/documents/public.ts';
import { useWords } from '../../ui/use-words.ts';
import { ListFilters, type ListFilter } from './list-filters.tsx';

const stages = ['all', 'arrived', 'open', 'done', 'refused'] as const;
type Stage = (typeof stages)[number];

/** The states of each stage; a list is looked through by where papers stand, not by seven names. */
export const statesOf: Readonly<Record<Stage, readonly (typeof incomingStates)[number][] | null>> = {
  all: null,
  arrived: ['arrived'],
  open: ['registered', 'directed', 'in-progress'],
  done: ['done', 'filed'],
  refused: ['refused', 'recalled'],
};

export type IncomingFilter = ListFilter<Stage>;

/** Search, year and state over the list. */
export function IncomingFilters(
  props: Readonly<{
    filter: IncomingFilter;
    onChange: (filter: IncomingFilter) => void;
    withArrived: boolean;
  }>,
) {
  const { withArrived, ...shared } = props;
  const words = useWords();
  // What was not registered, or turned away, is the clerks' own affair.
  const shown = stages.filter((stage) => withArrived || (stage !== 'arrived' && stage !== 'refused'));
  return (
    <ListFilters
      {...shared}
      labels={{
        search: words('incoming.search'),
        year: words('incoming.year'),
        allYears: words('incoming.year.all'),
        stage: words('incoming.stage'),
      }}
      stages={shown.map((stage) => ({ value: stage, label: words(`incoming.stage.${stage}`) }))}
    />
  );
}
