import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { useWords } from '../../../ui/use-words.ts';
import type { DirectoryPerson } from '../../directory/public.ts';
import { useLeaving, type Leaving } from './use-leaving.ts';

type LeavingDialogProps = Readonly<{ kind: Leaving; person: DirectoryPerson; onClose: () => void }>;

/** Asks why a person leaves or comes back; the reason stays on record. */
export function LeavingDialog({ kind, person, onClose }: LeavingDialogProps) {
  const words = useWords();
  const { send, busy, error } = useLeaving(kind, onClose);
  const { id, name } = person;
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words(`administration.people.${kind}.title`, { name })}
      text={words(`administration.people.${kind}.text`)}
      confirm={words(`administration.people.${kind}`)}
      danger={kind === 'leave'}
      busy={busy}
      error={error}
      onConfirm={(reason) => {
        send({ personId: id, name, reason });
      }}
    />
  );
}
