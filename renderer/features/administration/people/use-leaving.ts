import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '#shared/kernel/public.ts';
import { ask, core } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';

export type Leaving = 'leave' | 'return';

type Moved = Readonly<{ personId: PersonId; name: string; reason: string }>;

const counterActs = { leave: 'return', return: 'leave' } as const;

/** Lets a person go or takes them back; each is the other's counter-act for ten seconds. */
export function useLeaving(kind: Leaving, onDone: () => void) {
  const words = useWords();
  const client = useQueryClient();
  const move = async (which: Leaving, { personId, reason }: Moved): Promise<void> => {
    const { personLeaves, personReturns } = core.directory;
    await ask(which === 'leave' ? personLeaves : personReturns, { personId, reason });
    await client.invalidateQueries({ queryKey: directoryKey });
  };
  const takeBack = (moved: Moved): void => {
    const which = counterActs[kind];
    const reason = words('administration.people.undo.reason', { reason: moved.reason }).slice(0, 500);
    move(which, { ...moved, reason }).then(
      () => {
        toast({ text: words(`administration.people.${which}.done`, { name: moved.name }) });
      },
      (error: unknown) => {
        toast({ text: sentenceOf(error, words), tone: 'danger' });
      },
    );
  };
  const moving = useMutation({
    mutationFn: (moved: Moved) => move(kind, moved),
    onSuccess: (_nothing, moved) => {
      toast({
        text: words(`administration.people.${kind}.done`, { name: moved.name }),
        undo: () => {
          takeBack(moved);
        },
      });
      onDone();
    },
  });
  return {
    send: moving.mutate,
    busy: moving.isPending,
    error: moving.error === null ? null : sentenceOf(moving.error, words),
  };
}
