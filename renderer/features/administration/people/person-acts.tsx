import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  IconCertificate,
  IconKey,
  IconLockOpen,
  IconPencil,
  IconUserMinus,
  IconUserPlus,
} from '@tabler/icons-react';
import { core } from '../../../app/client.ts';
import { useSession } from '../../../app/session.tsx';
import { ActionBar, type Action } from '../../../ui/action-bar.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey, type DirectoryPerson } from '../../directory/public.ts';
import { lockedUntil } from './person-state.ts';

/** What can be done with a person in a dialog of its own. */
export type PersonAct = 'edit' | 'passphrase' | 'certificate' | 'leave' | 'return';

type PersonActsProps = Readonly<{ person: DirectoryPerson; onDo: (act: PersonAct) => void }>;

/** The acts on one person, the likeliest first; what cannot be done now says why. */
export function PersonActs({ person, onDo }: PersonActsProps) {
  const words = useWords();
  const { now } = useMoment();
  const { session } = useSession();
  const unlocking = useUnlocking(person);
  const isSelf = person.id === session.person.id;
  const whyNot = (key: string): Pick<Action, 'whyNot'> => ({ whyNot: { reason: words(key) } });
  const edit: Action = {
    id: 'administration.people.edit',
    label: words('administration.people.edit'),
    icon: IconPencil,
    keys: 'S',
    run: () => {
      onDo('edit');
    },
  };
  const passphrase: Action = {
    id: 'administration.people.passphrase',
    label: words('administration.passphrase.give'),
    icon: IconKey,
    keys: 'M',
    ...(person.active ? {} : whyNot('administration.people.left.first')),
    ...(isSelf ? whyNot('administration.passphrase.own') : {}),
    run: () => {
      onDo('passphrase');
    },
  };
  const certificate: Action = {
    id: 'administration.people.certificate',
    label: words('administration.certificate.record'),
    icon: IconCertificate,
    ...(person.active ? {} : whyNot('administration.people.left.first')),
    run: () => {
      onDo('certificate');
    },
  };
  const isLocked = lockedUntil(person, now) !== null;
  const unlock: Action = {
    id: 'administration.people.unlock',
    label: words('administration.people.unlock'),
    icon: IconLockOpen,
    busy: unlocking.isPending,
    ...(isLocked ? {} : whyNot('administration.people.unlock.not')),
    run: () => {
      if (!unlocking.isPending) unlocking.mutate();
    },
  };
  const leave: Action = {
    id: 'administration.people.leave',
    label: words('administration.people.leave'),
    icon: IconUserMinus,
    ...(isSelf ? whyNot('refusal.directory.last-key') : { danger: true }),
    run: () => {
      onDo('leave');
    },
  };
  const comeBack: Action = {
    id: 'administration.people.return',
    label: words('administration.people.return'),
    icon: IconUserPlus,
    run: () => {
      onDo('return');
    },
  };
  const here = isLocked
    ? [unlock, edit, passphrase, certificate, leave]
    : [edit, passphrase, certificate, unlock, leave];
  const actions = person.active ? here : [comeBack, edit, passphrase, unlock];
  return <ActionBar label={words('administration.people.acts')} actions={actions} />;
}

function useUnlocking({ id, name }: DirectoryPerson) {
  const words = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => core.directory.clearLockOut({ personId: id }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: directoryKey });
      toast({ text: words('administration.people.unlock.done', { name }) });
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
}
