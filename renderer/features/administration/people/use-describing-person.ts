import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PersonDetails } from '#shared/directory/public.ts';
import type { PersonId } from '#shared/kernel/public.ts';
import { ask, core } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';

type Described = Readonly<{
  personId: PersonId;
  details: PersonDetails;
  /** What was on record; null for someone new, who leaves and is not undone. */
  before: PersonDetails | null;
}>;

/** Puts a person's details on record; what changed can be taken back for ten seconds. */
export function useDescribingPerson(onDone: () => void) {
  const words = useWords();
  const client = useQueryClient();
  const describe = async (personId: PersonId, details: PersonDetails): Promise<void> => {
    await ask(core.directory.describePerson, { personId, details });
    await client.invalidateQueries({ queryKey: directoryKey });
  };
  const takeBack = (personId: PersonId, before: PersonDetails): void => {
    describe(personId, before).then(
      () => {
        toast({ text: words('administration.people.undone', { name: before.name }) });
      },
      (error: unknown) => {
        toast({ text: sentenceOf(error, words), tone: 'danger' });
      },
    );
  };
  const describing = useMutation({
    mutationFn: ({ personId, details }: Described) => describe(personId, details),
    onSuccess: (_nothing, { personId, details: { name }, before }) => {
      if (before === null) {
        toast({ text: words('administration.people.add.done', { name }) });
      } else {
        toast({
          text: words('administration.people.edit.done', { name }),
          undo: () => {
            takeBack(personId, before);
          },
        });
      }
      onDone();
    },
  });
  return {
    send: (described: Described): void => {
      if (!describing.isPending) describing.mutate(described);
    },
    busy: describing.isPending,
    error: describing.error === null ? null : sentenceOf(describing.error, words),
  };
}
