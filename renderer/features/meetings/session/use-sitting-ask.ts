import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';

type Run = () => Promise<Readonly<{ waits?: true | undefined }>>;

export type SittingAsk = Readonly<{
  send: (run: Run) => void;
  busy: boolean;
  error: string | null;
}>;

/** Sends one act from a dialog, which keeps a refusal and closes when it is done. */
export function useSittingAsk(onDone: () => void): SittingAsk {
  const words = useWords();
  const asking = useMutation({
    mutationFn: (run: Run) => run(),
    onSuccess: ({ waits }) => {
      if (waits === true) toast({ text: words('sitting.waits') });
      onDone();
    },
  });
  return {
    send: (run) => {
      if (!asking.isPending) asking.mutate(run);
    },
    busy: asking.isPending,
    error: asking.isError ? sentenceOf(asking.error, words) : null,
  };
}

/** Sends an act that needs no dialog; what it did is seen on the page, and only a refusal is said. */
export function useSittingDo(): (run: Run) => void {
  const words = useWords();
  const { mutate } = useMutation({
    mutationFn: (run: Run) => run(),
    onSuccess: ({ waits }) => {
      if (waits === true) toast({ text: words('sitting.waits') });
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  return mutate;
}
