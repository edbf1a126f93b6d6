import { Select } from '@mantine/core';
import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { sides, type Choice, type Meeting, type Vote } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { MarkChoices } from './mark-choices.tsx';
import type { Sitting } from './use-sitting.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type PaperBallotDialogProps = Readonly<{
  meeting: Meeting;
  me: Sitting['me'];
  vote: Vote;
  onClose: () => void;
}>;

/** A ballot that came on paper, entered by name while somebody else looks on. */
export function PaperBallotDialog({ meeting, me, vote, onClose }: PaperBallotDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const act = useSittingAsk(onClose);
  const [voter, setVoter] = useState<string | null>(null);
  const [witness, setWitness] = useState<string | null>(null);
  const [choice, setChoice] = useState<Choice | null>(
    vote.question.is === 'motion' ? null : { is: 'choice', marks: [] },
  );
  const named = (people: readonly string[]) => people.map((id) => ({ value: id, label: nameOf(id) }));
  const silent = vote.electors.flatMap((one) => (vote.ballots[one.voter] === undefined ? [one.voter] : []));
  const witnesses = meeting.invitees.flatMap(({ person }) =>
    person === me || person === voter ? [] : [person],
  );
  return (
    <FormDialog
      title={words('command.meetings.castOnPaper')}
      confirm={words('command.meetings.castOnPaper')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={voter === null || witness === null || choice === null}
      onSubmit={() => {
        if (voter === null || witness === null || choice === null) return;
        const by = { voter: PersonIdSchema.parse(voter), witness: PersonIdSchema.parse(witness) };
        act.send(() => ask(core.meetings.castOnPaper, { voteId: vote.id, choice, ...by }));
      }}
    >
      <p>{vote.question.words}</p>
      <Select
        label={words('sitting.paper.voter')}
        data={named(silent)}
        value={voter}
        onChange={setVoter}
        searchable
        required
      />
      {vote.question.is === 'motion' ? (
        <Select
          label={words('sitting.paper.said')}
          data={sides.map((side) => ({ value: side, label: words(`vote-side.${side}`) }))}
          value={choice?.is === 'motion' ? choice.side : null}
          onChange={(value) => {
            const side = sides.find((one) => one === value);
            setChoice(side === undefined ? null : { is: 'motion', side });
          }}
          required
        />
      ) : (
        <MarkChoices
          question={vote.question}
          marks={choice?.is === 'choice' ? choice.marks : []}
          onMarks={(marks) => {
            setChoice({ is: 'choice', marks: [...marks] });
          }}
        />
      )}
      <Select
        label={words('sitting.paper.witness')}
        data={named(witnesses)}
        value={witness}
        onChange={setWitness}
        searchable
        required
      />
    </FormDialog>
  );
}
