import { Checkbox, Radio } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DocumentIdSchema, addDays, type Day, type ReadingId } from '#shared/kernel/public.ts';
import { mostReadingDays } from '#shared/reading/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';

const shownAtMost = 8;

type LendDialogProps = Readonly<{ readingId: ReadingId; wanted: string; onClose: () => void }>;

/** Chooses the paper that answers a request, and until when it is lent. */
export function LendDialog({ readingId, wanted, onClose }: LendDialogProps) {
  const words = useWords();
  const { today } = useMoment();
  const [typed, setTyped] = useState(wanted);
  const [chosen, setChosen] = useState<string | null>(null);
  const [until, setUntil] = useState<Day | null>(addDays(today, mostReadingDays));
  const [mayPrint, setMayPrint] = useState(false);
  const found = useQuery({
    queryKey: ['search', 'to-lend', typed],
    queryFn: () => core.search.find({ words: typed.slice(0, 200), offset: 0, limit: shownAtMost }),
    placeholderData: keepPreviousData,
  });
  const lending = useMutation({
    mutationFn: async () => {
      if (chosen === null || until === null) return;
      const lent = { readingId, document: DocumentIdSchema.parse(chosen), until };
      await ask(core.reading.lend, mayPrint ? { ...lent, mayPrint } : lent);
    },
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={words('reading.lend')}
      confirm={words('reading.lend')}
      onClose={onClose}
      size="lg"
      busy={lending.isPending}
      error={lending.error === null ? null : sentenceOf(lending.error, words)}
      blocked={chosen === null || until === null}
      onSubmit={() => {
        lending.mutate();
      }}
    >
      <TextField label={words('reading.find')} value={typed} onChange={setTyped} takesFocus maxLength={200} />
      <Radio.Group label={words('reading.paper')} value={chosen} onChange={setChosen}>
        {(found.data?.hits ?? []).map(({ document: { id, notation, subject } }) => (
          <Radio
            key={id}
            size="xs"
            mt="xs"
            value={id}
            label={[notation, subject].filter(Boolean).join(' · ')}
          />
        ))}
      </Radio.Group>
      <DayField label={words('reading.until')} lean="ahead" value={until} onChange={setUntil} required />
      <Checkbox
        size="xs"
        label={words('reading.mayPrint')}
        description={words('reading.mayPrint.help')}
        checked={mayPrint}
        onChange={(event) => {
          setMayPrint(event.currentTarget.checked);
        }}
      />
    </FormDialog>
  );
}
