import { IconBook2, IconTicket } from '@tabler/icons-react';
import { useState } from 'react';
import { postBook, type Export, type RegisterInput } from '#shared/documents/public.ts';
import { yearOf } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useWords } from '../../ui/use-words.ts';
import { LeaseDialog, LeaseList, useLeases } from '../leases/public.ts';
import { useMe } from '../session/public.ts';
import { RegisterFilters, useBookNames } from './register-filters.tsx';
import { RegisterTable } from './register-table.tsx';
import { PrintedRegister } from './printed-register.tsx';

export const registersPath = '/so-dang-ky';

/** Sổ đăng ký: the registers in the columns of NĐ 30 PL4, and the copies, printed in full and exported. */
export function RegistersPage() {
  const words = useWords();
  const { go } = useRouter();
  const { has } = useMe();
  const { today } = useMoment();
  const [asked, setAsked] = useState<RegisterInput>({
    book: 'arrivals',
    year: yearOf(today),
    from: null,
    to: null,
    extra: [],
  });
  const isPost = asked.book === postBook;
  const [printed, setPrinted] = useState<Export | null>(null);
  const [taking, setTaking] = useState(false);
  const { leasing, device, leases, bookName } = useLeases();
  const shown = leases.filter(({ book, year }) => book === asked.book && year === asked.year);
  const bookNames = useBookNames();
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
            <RegisterFilters asked={asked} onChange={setAsked} />
            {shown.length > 0 && <LeaseList leases={shown} bookName={bookName} />}
          </>
        }
      >
        {has('clerk') && (
          <>
            {leasing !== null && device !== null && (
              <ActButton
                label={words('leases.take')}
                icon={IconTicket}
                second
                run={() => {
                  setTaking(true);
                }}
              />
            )}
            <ExportMenu
              what={bookNames.find(({ value }) => value === asked.book)?.label ?? words('place.registers')}
              make={(form) => core.documents.exportRegister({ ...asked, form })}
              onPage={setPrinted}
            />
          </>
        )}
      </PlaceHead>
      {taking && leasing !== null && device !== null && (
        <LeaseDialog
          leasing={leasing}
          desk={{ id: device, name: null }}
          onClose={() => {
            setTaking(false);
          }}
        />
      )}
      <div className="place-list">
        <RegisterTable
          asked={asked}
          onOpen={({ id, direction }) => {
            if (id === null) return;
            go(direction === 'incoming' ? `/van-ban-den/${id}` : `/van-ban-di/${id}`);
          }}
          empty={
            <EmptyState
              icon={IconBook2}
              title={words(isPost ? 'registers.post.empty' : 'registers.empty')}
              help={words(isPost ? 'registers.post.empty.help' : 'registers.empty.help')}
            />
          }
        />
      </div>
    </div>
  );
}
