import { Button, MultiSelect, SegmentedControl, Select } from '@mantine/core';
import { IconBook2, IconFileSpreadsheet, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { RegisterInput } from '#shared/documents/public.ts';
import { yearOf } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useRouter } from '../../app/router.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { RegisterTable } from './register-table.tsx';
import { PrintedRegister } from './printed-register.tsx';
import { saveExport } from './save-export.ts';

export const registersPath = '/so-dang-ky';

const extras = ['urgency', 'dueOn', 'holder', 'state'] as const satisfies RegisterInput['extra'];
const yearsBack = 5;

/** Sổ đăng ký: the registers in the columns of NĐ 30 PL4, printed in full and exported. */
export function RegistersPage() {
  const words = useWords();
  const { go } = useRouter();
  const { own } = useDirectory();
  const { has } = useMe();
  const thisYear = yearOf(useMoment().today);
  const [asked, setAsked] = useState<RegisterInput>({
    book: 'arrivals',
    year: thisYear,
    from: null,
    to: null,
    extra: [],
  });
  const [printed, setPrinted] = useState<Awaited<ReturnType<typeof core.documents.printRegister>> | null>(
    null,
  );
  const [busy, setBusy] = useState(false);
  const books = [
    { value: 'arrivals', label: words('registers.arrivals') },
    ...(own?.books ?? []).map((book) => ({
      value: book.id,
      label: words('registers.issued', { book: book.name }),
    })),
  ];
  const run = (work: () => Promise<void>): void => {
    setBusy(true);
    void work()
      .catch((error: unknown) => toast({ text: sentenceOf(error, words), tone: 'danger' }))
      .finally(() => {
        setBusy(false);
      });
  };
  if (printed !== null) {
    return (
      <PrintedRegister
        printed={printed}
        onBack={() => {
          setPrinted(null);
        }}
      />
    );
  }
  return (
    <div className="place">
      <PlaceHead
        title={words('place.registers')}
        below={
          <>
            <SegmentedControl
              size="xs"
              aria-label={words('registers.book')}
              value={asked.book}
              data={books}
              onChange={(book) => {
                setAsked({ ...asked, book });
              }}
            />
            <Select
              size="xs"
              w="6rem"
              aria-label={words('registers.year')}
              allowDeselect={false}
              value={String(asked.year)}
              data={Array.from({ length: yearsBack }, (_none, back) => String(thisYear - back))}
              onChange={(year) => {
                setAsked({ ...asked, year: Number(year ?? thisYear) });
              }}
            />
            <DayField
              label={words('registers.from')}
              lean="behind"
              value={asked.from}
              onChange={(from) => {
                setAsked({ ...asked, from });
              }}
            />
            <DayField
              label={words('registers.to')}
              lean="behind"
              value={asked.to}
              onChange={(to) => {
                setAsked({ ...asked, to });
              }}
            />
            <MultiSelect
              size="xs"
              w="16rem"
              aria-label={words('registers.extra')}
              placeholder={asked.extra.length === 0 ? words('registers.extra') : ''}
              value={asked.extra}
              data={extras.map((value) => ({ value, label: words(`register.column.${value}`) }))}
              onChange={(chosen) => {
                setAsked({ ...asked, extra: extras.filter((extra) => chosen.includes(extra)) });
              }}
            />
          </>
        }
      >
        {has('clerk') && (
          <>
            <Button
              size="compact-sm"
              loading={busy}
              leftSection={<IconPrinter size="1rem" stroke={1.75} aria-hidden />}
              onClick={() => {
                run(async () => {
                  setPrinted(await core.documents.printRegister(asked));
                });
              }}
            >
              {words('registers.print')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              leftSection={<IconFileSpreadsheet size="1rem" stroke={1.75} aria-hidden />}
              onClick={() => {
                run(async () => {
                  await saveExport(await core.documents.exportRegister(asked), 'text/csv');
                });
              }}
            >
              {words('registers.export')}
            </Button>
          </>
        )}
      </PlaceHead>
      <div className="place-list">
        <RegisterTable
          asked={asked}
          onOpen={(id) => {
            go(asked.book === 'arrivals' ? `/van-ban-den/${id}` : `/van-ban-di/${id}`);
          }}
          empty={
            <EmptyState
              icon={IconBook2}
              title={words('registers.empty')}
              help={words('registers.empty.help')}
            />
          }
        />
      </div>
    </div>
  );
}
