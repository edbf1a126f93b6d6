import { IconCertificate } from '@tabler/icons-react';
import { dayOf } from '#shared/kernel/public.ts';
import type { CertificateView } from '#shared/signing/public.ts';
import { DenseList } from '../../../ui/dense-list.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListRow } from '../../../ui/list-row.tsx';
import { formatDay } from '../../../ui/moments.ts';
import type { ListRows } from '../../../ui/use-list-rows.ts';
import { useWords } from '../../../ui/use-words.ts';
import { StandingMark } from './standing-mark.tsx';

type CertificateListProps = Readonly<{
  rows: ListRows<CertificateView>;
  openId: string | null;
  onOpen: (serial: string) => void;
}>;

/** Every certificate the agency issued, what needs doing first. */
export function CertificateList({ rows, openId, onOpen }: CertificateListProps) {
  const words = useWords();
  return (
    <DenseList
      label={words('certificates.list')}
      rows={rows}
      idOf={({ serial }) => serial}
      openId={openId}
      onOpen={({ serial }) => {
        onOpen(serial);
      }}
      openOnMove
      takesFocus={openId === null}
      look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <CertificateRow certificate={row} /> }}
      empty={
        <EmptyState
          icon={IconCertificate}
          title={words('certificates.empty')}
          help={words('certificates.empty.help')}
        />
      }
    />
  );
}

function CertificateRow({ certificate }: Readonly<{ certificate: CertificateView }>) {
  const words = useWords();
  const { name, holder, validTo, standing } = certificate;
  return (
    <ListRow
      lead={name}
      title={`${words(`certificates.use.${holder.use}`)} · ${words('certificates.until', { day: formatDay(dayOf(validTo)) })}`}
      state={<StandingMark standing={standing} />}
    />
  );
}
