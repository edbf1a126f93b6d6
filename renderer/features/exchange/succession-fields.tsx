import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Outgoing } from '#shared/documents/public.ts';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { Note } from '../../ui/gate.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Sending } from './use-sending.ts';

const offered = 300;

/** Whether it stands in for a paper that was issued, or puts one right (NĐ 30 Đ18). */
export function SuccessionChoice({ sending: { how, setHow } }: Readonly<{ sending: Sending }>) {
  const words = useWords();
  return (
    <Select
      label={words('exchange.succeeds')}
      allowDeselect={false}
      value={how ?? 'none'}
      data={(['none', 'replaces', 'corrects'] as const).map((value) => ({
        value,
        label: words(`exchange.succeeds.${value}`),
      }))}
      onChange={(value) => {
        setHow(value === 'replaces' || value === 'corrects' ? value : null);
      }}
    />
  );
}

type SuccessionFieldsProps = Readonly<{ document: Outgoing; sending: Sending; asked: boolean }>;

/** Which issued paper it stands in for or puts right, where it does. */
export function SuccessionFields({ document, sending, asked }: SuccessionFieldsProps) {
  const words = useWords();
  const { how, old, setOld, lacksOld, lacksPeer } = sending;
  const { data } = useQuery({
    queryKey: ['documents', 'outgoing', 'issued'],
    queryFn: () =>
      core.documents.outgoing({ offset: 0, limit: offered, states: ['issued'], year: null, text: '' }),
    enabled: how !== null,
  });
  if (sending.peers.length === 0) return null;
  return (
    <>
      {how !== null && (
        <Combo
          label={words(`exchange.succeeds.${how}.which`)}
          choices={(data?.rows ?? [])
            .filter(({ id }) => id !== document.id)
            .map(({ id, notation, subject }) => ({ id, label: notation, note: subject }))}
          value={old}
          onChange={(id) => {
            setOld(id === null ? null : DocumentIdSchema.parse(id));
          }}
          placeholder={words('exchange.succeeds.placeholder')}
          hint={words(`exchange.succeeds.${how}.hint`)}
          required
          error={asked && lacksOld ? words('exchange.succeeds.missing') : null}
        />
      )}
      {asked && !lacksOld && lacksPeer && <Note tone="danger">{words('exchange.succeeds.noPeer')}</Note>}
    </>
  );
}
