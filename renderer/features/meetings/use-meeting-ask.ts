import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

export type MeetingAsk = Readonly<{
  /** Sends something, and says what was done when it was. */
  send: (run: () => Promise<unknown>, done: string | null) => void;
  busy: boolean;
  error: string | null;
  reset: () => void;
}>;

/** Sends one act at a time and keeps a refusal for the dialog it came from. */
export function useMeetingAsk(onDone: () => void): MeetingAsk {
  const words = useWords();
  const asking = useMutation({
    mutationFn: ({ run }: Readonly<{ run: () => Promise<unknown>; done: string | null }>) => run(),
    onSuccess: (_made, { done }) => {
      if (done !== null) toast({ text: done });
      onDone();
    },
  });
  return {
    send: (run, done) => {
      if (!asking.isPending) asking.mutate({ run, done });
    },
    busy: asking.isPending,
    error: asking.isError ? sentenceOf(asking.error, words) : null,
    reset: asking.reset,
  };
}

/** As above where no dialog is open: a refusal is a notice. */
export function useMeetingAct(): MeetingAsk['send'] {
  const words = useWords();
  const { send } = useMeetingAsk(() => undefined);
  return (run, done) => {
    send(async () => {
      try {
        return await run();
      } catch (error) {
        toast({ text: sentenceOf(error, words), tone: 'danger' });
        throw error;
      }
    }, done);
  };
}
