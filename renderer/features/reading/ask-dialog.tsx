import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ReadingIdSchema, type ReadingId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

type AskDialogProps = Readonly<{ onClose: () => void; onAsked: (id: ReadingId) => void }>;

/** Says in one's own words what is to be read and why. */
export function AskDialog({ onClose, onAsked }: AskDialogProps) {
  const words = useWords();
  const [wanted, setWanted] = useState('');
  const [purpose, setPurpose] = useState('');
  const asking = useMutation({
    mutationFn: async () => {
      const readingId = ReadingIdSchema.parse(newId());
      await ask(core.reading.ask, { readingId, wanted, purpose });
      return readingId;
    },
    onSuccess: (id) => {
      toast({ text: words('reading.asked') });
      onAsked(id);
    },
  });
  return (
    <FormDialog
      title={words('reading.ask')}
      confirm={words('reading.ask')}
      onClose={onClose}
      busy={asking.isPending}
      error={asking.error === null ? null : sentenceOf(asking.error, words)}
      blocked={wanted.trim() === '' || purpose.trim() === ''}
      onSubmit={() => {
        asking.mutate();
      }}
    >
      <TextField
        label={words('reading.wanted')}
        value={wanted}
        onChange={setWanted}
        rows={2}
        required
        takesFocus
        maxLength={500}
      />
      <TextField
        label={words('reading.purpose')}
        value={purpose}
        onChange={setPurpose}
        required
        maxLength={500}
      />
    </FormDialog>
  );
}
