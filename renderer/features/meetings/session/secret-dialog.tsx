import { useMutation } from '@tanstack/react-query';
import type { PersonId } from '#shared/kernel/public.ts';
import type { Choice, Vote } from '#shared/meetings/public.ts';
import { core, newCommandId } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { useWords } from '../../../ui/use-words.ts';
import { SigningMoment } from '../../outgoing/public.ts';
import { useMe } from '../../session/public.ts';
import { ownSerials } from './own-serials.ts';
import { sayChoice } from './vote-words.ts';

type SecretDialogProps = Readonly<{ vote: Vote; voter: PersonId; choice: Choice; onClose: () => void }>;

/** A secret ballot is made with the voter's own key; its number goes to whoever gave it, and to nobody else. */
export function SecretDialog({ vote, voter, choice, onClose }: SecretDialogProps) {
  const words = useWords();
  const { person } = useMe();
  const casting = useMutation({
    mutationFn: async ({ pin, key }: Readonly<{ pin: string; key: string }>) => {
      const asked = { commandId: newCommandId(), voteId: vote.id, voter, choice, pin, key };
      const { serial } = await core.meetings.castSecret(asked);
      // Kept before anything is drawn: the chair may have moved on, and this dialog with it.
      ownSerials.add({ serial, by: person.id, voter, question: vote.question.words });
    },
    onSuccess: onClose,
    gcTime: 0,
  });
  return (
    <SigningMoment
      use="person"
      title={words('sitting.secret.title')}
      documents={[{ id: vote.id, reference: sayChoice(choice, vote, words), title: vote.question.words }]}
      signingAs={words('outgoing.signAs', { post: person.post, name: person.name })}
      busy={casting.isPending}
      error={casting.isError ? sentenceOf(casting.error, words) : null}
      onClose={onClose}
      onSign={(pin, key) => {
        casting.mutate({ pin, key });
      }}
    />
  );
}
