import type { OutgoingState } from '#shared/documents/public.ts';
import { useWords } from '../../ui/use-words.ts';
import { ListFilters, type ListFilter } from '../documents/public.ts';

const stages = ['all', 'draft', 'circulating', 'signed', 'issued'] as const;
type Stage = (typeof stages)[number];

/** Where our papers stand, in four words instead of seven states; given up ones are found under all. */
export const statesOf: Readonly<Record<Stage, readonly OutgoingState[] | null>> = {
  all: null,
  draft: ['draft'],
  circulating: ['circulating'],
  signed: ['signed', 'numbered', 'sealed'],
  issued: ['issued'],
};

export type OutgoingFilter = ListFilter<Stage>;

/** Search, year and state over the list. */
export function OutgoingFilters(
  props: Readonly<{ filter: OutgoingFilter; onChange: (filter: OutgoingFilter) => void }>,
) {
  const words = useWords();
  return (
    <ListFilters
      {...props}
      labels={{
        search: words('outgoing.search'),
        year: words('outgoing.year'),
        allYears: words('outgoing.year.all'),
        stage: words('outgoing.stage'),
      }}
      stages={stages.map((stage) => ({ value: stage, label: words(`outgoing.stage.${stage}`) }))}
    />
  );
}
