import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

export type DossierActId =
  | 'open'
  | 'part'
  | 'describe'
  | 'file'
  | 'takeOut'
  | 'passOn'
  | 'close'
  | 'reopen'
  | 'offer'
  | 'withdraw'
  | 'giveBack'
  | 'accept'
  | 'keepBack'
  | 'transfer'
  | 'writeList'
  | 'approveList'
  | 'propose'
  | 'appraise'
  | 'approve'
  | 'carryOut'
  | 'dismiss'
  | 'arrange'
  | 'lay'
  | 'lift';

export type DossierAsk = Readonly<{
  send: (
    asked: Readonly<{ id: DossierActId; run: () => Promise<Readonly<{ waits?: true | undefined }>> }>,
  ) => void;
  busy: boolean;
  error: string | null;
  reset: () => void;
}>;

/** Sends one act on a file, says what was done, and keeps a refusal for the dialog. */
export function useDossierAsk(onDone: () => void): DossierAsk {
  const words = useWords();
  const asking = useMutation({
    mutationFn: ({ run }: Parameters<DossierAsk['send']>[0]) => run(),
    onSuccess: ({ waits }, { id }) => {
      toast({ text: words(waits === true ? 'dossiers.waits' : `dossiers.done.${id}`) });
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
