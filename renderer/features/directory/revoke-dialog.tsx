import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Delegation } from '#shared/directory/public.ts';
import { ask, core } from '../../app/client.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { directoryKey, useDirectory } from './names.ts';

/** Takes a right to sign back, with the reason that stays on record. */
export function RevokeDialog({
  delegation,
  onClose,
}: Readonly<{ delegation: Delegation; onClose: () => void }>) {
  const words = useWords();
  const client = useQueryClient();
  const { nameOf } = useDirectory();
  const name = nameOf(delegation.to);
  const revoke = useMutation({
    mutationFn: (reason: string) =>
      ask(core.directory.revokeDelegation, { delegationId: delegation.id, reason }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: directoryKey });
      toast({ text: words('directory.revoke.done', { name }) });
      onClose();
    },
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words('directory.revoke.title', { name })}
      text={words('directory.revoke.text', { source: delegation.source })}
      confirm={words('directory.revoke')}
      danger
      busy={revoke.isPending}
      error={revoke.error === null ? null : sentenceOf(revoke.error, words)}
      onConfirm={(reason) => {
        revoke.mutate(reason);
      }}
    />
  );
}
