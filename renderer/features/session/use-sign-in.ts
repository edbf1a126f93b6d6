import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Desk, Session } from '#shared/directory/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useRouter } from '../../app/router.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { desksKey } from './desks-key.ts';
import { endOfIdle } from './idle-mark.ts';

type DeskPerson = Desk['people'][number];

export type SignIn = Readonly<{
  desk: Desk | null;
  chooseDesk: (id: string | null) => void;
  person: DeskPerson | null;
  choosePerson: (id: string | null) => void;
  passphrase: string;
  setPassphrase: (text: string) => void;
  enter: () => void;
  /** Somebody sat down. */
  entered: (session: Session) => void;
  busy: boolean;
  /** What went wrong, at the field it is about. */
  faults: Readonly<{ person: string | null; passphrase: string | null }>;
}>;

/** Who sits down, beginning with who sat here last; `onRefused` is called when the door stayed shut. */
export function useSignIn(desks: readonly Desk[], onRefused: () => void): SignIn {
  const words = useWords();
  const client = useQueryClient();
  const { go } = useRouter();
  const [lastDesk, keepDesk] = useRemembered('desk', textOrNull);
  const [lastPerson, keepPerson] = useRemembered('person', textOrNull);
  const [deskId, setDeskId] = useState(lastDesk);
  const [personId, setPersonId] = useState(lastPerson);
  const [passphrase, setPassphrase] = useState('');
  const desk = desks.find(({ agencyId }) => agencyId === deskId) ?? desks[0] ?? null;
  // Where one person has the desk to themselves there is nobody to choose.
  const alone = desk?.people.length === 1 ? desk.people[0] : undefined;
  const person = desk?.people.find(({ id }) => id === personId) ?? alone ?? null;

  function entered(session: Session): void {
    endOfIdle();
    keepDesk(session.agencyId);
    keepPerson(session.person.id);
    // Somebody else's page is not where this person left off.
    if (session.person.id !== lastPerson) go('/', { replace: true });
    client.setQueryData(['session'], { session });
  }

  const entering = useMutation({
    mutationFn: async () => {
      if (desk === null || person === null) throw new AppError('session.choose-person');
      return core.session.signIn({ agencyId: desk.agencyId, personId: person.id, passphrase });
    },
    onSuccess: entered,
    onError: () => {
      setPassphrase('');
      onRefused();
      void client.invalidateQueries({ queryKey: desksKey });
    },
  });
  const sentence = entering.isError ? sentenceOf(entering.error, words) : null;
  const isAboutPerson = entering.error instanceof AppError && entering.error.code === 'session.choose-person';
  return {
    desk,
    chooseDesk: (id) => {
      setDeskId(id);
      setPersonId(null);
      entering.reset();
    },
    person,
    choosePerson: (id) => {
      setPersonId(id);
      entering.reset();
    },
    passphrase,
    setPassphrase,
    enter: () => {
      if (!entering.isPending) entering.mutate();
    },
    entered,
    busy: entering.isPending,
    faults: {
      person: isAboutPerson ? sentence : null,
      passphrase: isAboutPerson ? null : sentence,
    },
  };
}

function textOrNull(kept: unknown): string | null {
  return typeof kept === 'string' ? kept : null;
}
