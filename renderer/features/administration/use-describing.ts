import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { directoryKey } from '../directory/public.ts';

type Described<Details> = Readonly<{
  details: Details;
  /** What is said once it is on record. */
  done: string;
  /** What was on record, and what is said once it is again; null for what is new, which is ended and not undone. */
  before: Readonly<{ details: Details; undone: string }> | null;
}>;

/** Puts details of the directory on record with `describe`; what changed can be taken back for ten seconds. */
export function useDescribing<Details>(describe: (details: Details) => Promise<unknown>, onDone: () => void) {
  const words = useWords();
  const client = useQueryClient();
  const record = async (details: Details): Promise<void> => {
    await describe(details);
    await client.invalidateQueries({ queryKey: directoryKey });
  };
  const takeBack = ({ details, undone }: NonNullable<Described<Details>['before']>): void => {
    record(details).then(
      () => {
        toast({ text: undone });
      },
      (error: unknown) => {
        toast({ text: sentenceOf(error, words), tone: 'danger' });
      },
    );
  };
  const describing = useMutation({
    mutationFn: ({ details }: Described<Details>) => record(details),
    onSuccess: (_nothing, { before, done }) => {
      if (before === null) toast({ text: done });
      else {
        toast({
          text: done,
          undo: () => {
            takeBack(before);
          },
        });
      }
      onDone();
    },
  });
  return {
    send: (described: Described<Details>): void => {
      if (!describing.isPending) describing.mutate(described);
    },
    busy: describing.isPending,
    error: describing.error === null ? null : sentenceOf(describing.error, words),
  };
}
