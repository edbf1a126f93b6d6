import { NumberInput, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Leasing } from '#shared/directory/public.ts';
import { LeaseIdSchema, type DeviceId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { leasesKey, useLeases } from './use-leases.ts';

type LeaseDialogProps = Readonly<{
  leasing: Leasing;
  /** The desk that will hold the block, and whose it is where it is not this one. */
  desk: Readonly<{ id: DeviceId; name: string | null }>;
  onClose: () => void;
}>;

/** Sets a block of numbers aside for a clerk's desk: of which register, how many, for how long. */
export function LeaseDialog({ leasing: { mostNumbers, mostDays }, desk, onClose }: LeaseDialogProps) {
  const words = useWords();
  const client = useQueryClient();
  const { free } = useLeases();
  const { name } = desk;
  const [chosen, setChosen] = useState<string | null>(null);
  const [count, setCount] = useState(Math.min(10, mostNumbers));
  const [days, setDays] = useState(Math.min(3, mostDays));
  const book = chosen ?? free[0]?.value ?? null;
  const taking = useMutation({
    mutationFn: async (of: string) => {
      const leaseId = LeaseIdSchema.parse(newId());
      return ask(core.sync.leaseNumbers, { leaseId, deviceId: desk.id, book: of, count, hours: days * 24 });
    },
    onSuccess: async ({ waits }) => {
      toast({ text: words(waits === true ? 'leases.waits' : 'leases.taken') });
      await client.invalidateQueries({ queryKey: leasesKey });
      onClose();
    },
  });
  const submit = (): void => {
    if (book !== null) taking.mutate(book);
  };
  return (
    <FormDialog
      title={name === null ? words('leases.take') : words('leases.give.title', { name })}
      confirm={words(name === null ? 'leases.take' : 'leases.give')}
      onClose={onClose}
      busy={taking.isPending}
      error={taking.isError ? sentenceOf(taking.error, words) : null}
      blocked={book === null}
      onSubmit={submit}
    >
      <p>{words('leases.take.about')}</p>
      {book === null ? (
        <Note>{words('leases.take.none')}</Note>
      ) : (
        <Select
          label={words('registers.book')}
          allowDeselect={false}
          data-autofocus
          value={book}
          data={[...free]}
          onChange={setChosen}
        />
      )}
      <Stack columns={2}>
        <Amount label={words('leases.count')} most={mostNumbers} value={count} onChange={setCount} />
        <Amount label={words('leases.days')} most={mostDays} value={days} onChange={setDays} />
      </Stack>
    </FormDialog>
  );
}

type AmountProps = Readonly<{ label: string; most: number; value: number; onChange: (n: number) => void }>;

/** A whole number between one and the most the agency allows. */
export function Amount({ label, most, value, onChange }: AmountProps) {
  const words = useWords();
  return (
    <NumberInput
      label={label}
      description={words('leases.most', { count: most })}
      inputWrapperOrder={['label', 'input', 'description']}
      min={1}
      max={most}
      allowDecimal={false}
      value={value}
      onChange={(given) => {
        onChange(Math.min(most, Math.max(1, Math.trunc(Number(given) || 1))));
      }}
    />
  );
}
