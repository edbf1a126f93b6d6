import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

export type ExchangeActId =
  'send' | 'prepare' | 'askBack' | 'withdrawPrepared' | 'settle' | 'returnDelivery' | 'agree' | 'decline';

export type ExchangeAsk = Readonly<{
  send: (asked: Readonly<{ id: ExchangeActId; run: () => Promise<unknown> }>) => void;
  busy: boolean;
  error: string | null;
  reset: () => void;
}>;

/** Sends one act of the exchange, says what was done, and keeps a refusal for the dialog. */
export function useExchangeAsk(onDone: () => void): ExchangeAsk {
  const words = useWords();
  const asking = useMutation({
    mutationFn: ({ run }: Readonly<{ id: ExchangeActId; run: () => Promise<unknown> }>) => run(),
    onSuccess: (_done, { id }) => {
      toast({ text: words(`exchange.done.${id}`) });
      onDone();
    },
  });
  return {
    send: (asked) => {
      if (!asking.isPending) asking.mutate(asked);
    },
    busy: asking.isPending,
    error: asking.isError ? sentenceOf(asking.error, words) : null,
    reset: asking.reset,
  };
}
