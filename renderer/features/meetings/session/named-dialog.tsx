import type { PersonId } from '#shared/kernel/public.ts';
import type { Choice, Vote } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useSittingAsk } from './use-sitting-ask.ts';
import { sayChoice } from './vote-words.ts';

type NamedDialogProps = Readonly<{ vote: Vote; voter: PersonId; choice: Choice; onClose: () => void }>;

/** A ballot that stands beside a name for good is given twice: chosen, then confirmed. */
export function NamedDialog({ vote, voter, choice, onClose }: NamedDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const act = useSittingAsk(onClose);
  const side = sayChoice(choice, vote, words);
  return (
    <FormDialog
      title={words('sitting.vote.confirm')}
      confirm={words('sitting.vote.confirm-as', { side })}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        act.send(() => ask(core.meetings.castVote, { voteId: vote.id, voter, choice }));
      }}
    >
      <p>{vote.question.words}</p>
      <p>{words('sitting.vote.named-note', { name: nameOf(voter), side })}</p>
    </FormDialog>
  );
}
