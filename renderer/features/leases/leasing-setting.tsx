import { Button, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usualLeasing, type Agency, type Leasing } from '#shared/directory/public.ts';
import { ask, core } from '../../app/client.ts';
import { Note, Stack } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { directoryKey } from '../directory/public.ts';
import { Amount } from './lease-dialog.tsx';
import { LeaseList } from './lease-list.tsx';
import { leasesKey, useLeases } from './use-leases.ts';
import './leases.css';

const mostNumbers = 100;
const mostDays = 31;

/** Whether clerks' desks may hold blocks of numbers, how large and how long; and those that are out. */
export function LeasingSetting({ agency }: Readonly<{ agency: Agency }>) {
  const words = useWords();
  const client = useQueryClient();
  const { leases, bookName } = useLeases();
  const arranged = agency.leasing ?? null;
  const [form, setForm] = useState<Leasing>(arranged ?? usualLeasing);
  const arranging = useMutation({
    mutationFn: (leasing: Leasing | null) => ask(core.directory.arrangeLeasing, { leasing }),
    onSuccess: async (_reply, leasing) => {
      toast({ text: words(leasing === null ? 'leases.arranged.off' : 'leases.arranged') });
      await client.invalidateQueries({ queryKey: directoryKey });
      await client.invalidateQueries({ queryKey: leasesKey });
    },
  });
  const isChanged =
    arranged !== null && (form.mostNumbers !== arranged.mostNumbers || form.mostDays !== arranged.mostDays);
  return (
    <section className="leasing-setting" aria-labelledby="leasing">
      <h2 id="leasing">{words('leases.title')}</h2>
      <p className="dim">{words('leases.about')}</p>
      <Switch
        label={words('leases.allow')}
        checked={arranged !== null}
        disabled={arranging.isPending}
        onChange={(event) => {
          arranging.mutate(event.currentTarget.checked ? form : null);
        }}
      />
      {arranged !== null && (
        <Stack columns={2}>
          <Amount
            label={words('leases.mostNumbers')}
            most={mostNumbers}
            value={form.mostNumbers}
            onChange={(count) => {
              setForm({ ...form, mostNumbers: count });
            }}
          />
          <Amount
            label={words('leases.mostDays')}
            most={mostDays}
            value={form.mostDays}
            onChange={(days) => {
              setForm({ ...form, mostDays: days });
            }}
          />
        </Stack>
      )}
      {isChanged && (
        <div className="leasing-setting-acts">
          <Button
            size="compact-md"
            loading={arranging.isPending}
            onClick={() => {
              arranging.mutate(form);
            }}
          >
            {words('administration.save')}
          </Button>
        </div>
      )}
      {arranging.isError && <Note tone="danger">{sentenceOf(arranging.error, words)}</Note>}
      {leases.length > 0 && <LeaseList leases={leases} bookName={bookName} />}
    </section>
  );
}
