import { MultiSelect, Select } from '@mantine/core';
import {
  arrivalsReport,
  copiesBook,
  issuedReport,
  postBook,
  type RegisterInput,
} from '#shared/documents/public.ts';
import { yearOf, type Day } from '#shared/kernel/public.ts';
import { DayField } from '../../ui/day-field.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import '../../ui/filters-in-line.css';

const extras = ['urgency', 'dueOn', 'holder', 'state'] as const satisfies RegisterInput['extra'];
const yearsBack = 5;

type RegisterFiltersProps = Readonly<{ asked: RegisterInput; onChange: (asked: RegisterInput) => void }>;

/** Which book of which year, between which days, and the columns wanted beside those of the law: one line. */
export function RegisterFilters({ asked, onChange }: RegisterFiltersProps) {
  const words = useWords();
  const { today } = useMoment();
  const thisYear = yearOf(today);
  const books = useBookNames();
  return (
    <div className="filters-in-line">
      <Select
        size="xs"
        w="21rem"
        aria-label={words('registers.book')}
        allowDeselect={false}
        value={asked.book}
        data={books}
        onChange={(book) => {
          onChange(turnedTo(asked, book ?? 'arrivals', today));
        }}
      />
      <Select
        size="xs"
        w="5.5rem"
        aria-label={words('registers.year')}
        allowDeselect={false}
        value={String(asked.year)}
        data={Array.from({ length: yearsBack }, (_none, back) => String(thisYear - back))}
        onChange={(year) => {
          onChange({ ...asked, year: Number(year ?? thisYear) });
        }}
      />
      <DayField
        label={words('registers.from')}
        lean="behind"
        value={asked.from}
        onChange={(from) => {
          onChange({ ...asked, from });
        }}
      />
      <DayField
        label={words('registers.to')}
        lean="behind"
        value={asked.to}
        onChange={(to) => {
          onChange({ ...asked, to });
        }}
      />
      {!withoutExtras.has(asked.book) && (
        <MultiSelect
          size="xs"
          w="15rem"
          aria-label={words('registers.extra')}
          placeholder={asked.extra.length === 0 ? words('registers.extra') : ''}
          value={asked.extra}
          data={extras.map((value) => ({ value, label: words(`register.column.${value}`) }))}
          onChange={(chosen) => {
            onChange({ ...asked, extra: extras.filter((extra) => chosen.includes(extra)) });
          }}
        />
      )}
    </div>
  );
}

/** Every register and report, by what it is called. */
export function useBookNames(): readonly Readonly<{ value: string; label: string }>[] {
  const words = useWords();
  const { own } = useDirectory();
  return [
    { value: 'arrivals', label: words('registers.arrivals') },
    { value: arrivalsReport, label: words('registers.arrivalsReport') },
    ...(own?.books ?? []).map((book) => ({
      value: book.id,
      label: words('registers.issued', { book: book.name }),
    })),
    { value: issuedReport, label: words('registers.issuedReport') },
    { value: copiesBook, label: words('registers.copies') },
    { value: postBook, label: words('registers.post') },
  ];
}

const withoutExtras: ReadonlySet<string> = new Set([postBook, copiesBook, arrivalsReport, issuedReport]);

/** What goes to the post is looked at day by day, today's first; a register is looked at by the year. */
function turnedTo(asked: RegisterInput, book: string, today: Day): RegisterInput {
  if (book === postBook) return { book, year: yearOf(today), from: today, to: today, extra: [] };
  return asked.book === postBook ? { ...asked, book, from: null, to: null } : { ...asked, book };
}
