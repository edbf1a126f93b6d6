import { Select } from '@mantine/core';
import type { Outgoing } from '#shared/documents/public.ts';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import { useIssuedChoices } from '../../app/issued-choices.ts';
import { Combo } from '../../ui/combo.tsx';
import { Note } from '../../ui/gate.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Sending } from './use-sending.ts';

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
  const { choices, seek } = useIssuedChoices({ without: [document.id], enabled: how !== null });
  if (sending.peers.length === 0) return null;
  return (
    <>
      {how !== null && (
        <Combo
          label={words(`exchange.succeeds.${how}.which`)}
          choices={choices ?? []}
          value={old}
          onChange={(id) => {
            setOld(id === null ? null : DocumentIdSchema.parse(id));
          }}
          onSeek={seek}
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
