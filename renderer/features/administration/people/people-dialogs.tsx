import { useDirectory, type DirectoryPerson } from '../../directory/public.ts';
import type { PersonId } from '#shared/kernel/public.ts';
import { CertificateDialog } from './certificate-dialog.tsx';
import { GivePassphraseDialog } from './give-passphrase-dialog.tsx';
import { LeavingDialog } from './leaving-dialog.tsx';
import type { PersonAct } from './person-acts.tsx';
import { PersonDialog } from './person-dialog.tsx';

/** What the administrator is in the middle of. */
export type Doing =
  | Readonly<{ act: 'add' }>
  | Readonly<{ act: 'added'; personId: PersonId }>
  | Readonly<{ act: PersonAct; person: DirectoryPerson }>;

type PeopleDialogsProps = Readonly<{
  doing: Doing | null;
  onDo: (doing: Doing | null) => void;
  onAdded: (personId: PersonId) => void;
}>;

/** The dialog of whatever is being done; someone new gets their passphrase straight after. */
export function PeopleDialogs({ doing, onDo, onAdded }: PeopleDialogsProps) {
  const { personOf } = useDirectory();
  const close = (): void => {
    onDo(null);
  };
  if (doing === null) return null;
  if (doing.act === 'add') {
    return (
      <PersonDialog
        key="add"
        described={{ kind: 'new' }}
        onClose={close}
        onDone={(personId) => {
          onAdded(personId);
          onDo({ act: 'added', personId });
        }}
      />
    );
  }
  if (doing.act === 'added') {
    const person = personOf(doing.personId);
    if (person === null) return null;
    return <GivePassphraseDialog personId={person.id} name={person.name} justAdded onClose={close} />;
  }
  const { act, person } = doing;
  if (act === 'edit') {
    return <PersonDialog key="edit" described={{ kind: 'edit', person }} onClose={close} onDone={close} />;
  }
  if (act === 'passphrase') {
    return <GivePassphraseDialog personId={person.id} name={person.name} justAdded={false} onClose={close} />;
  }
  if (act === 'certificate') return <CertificateDialog person={person} onClose={close} />;
  return <LeavingDialog kind={act} person={person} onClose={close} />;
}
