import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Vote } from '#shared/meetings/public.ts';
import { core } from '../../../app/client.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { sayChoice } from './vote-words.ts';

const serialLength = 43;

/** A voter finds their own ballot among those that were counted, by the number only they have. */
export function SecretLookUp({ vote }: Readonly<{ vote: Vote }>) {
  const words = useWords();
  const [typed, setTyped] = useState('');
  const serial = typed.trim();
  const { data } = useQuery({
    queryKey: ['meetings', 'ballot', vote.id, serial],
    queryFn: () => core.meetings.findBallot({ voteId: vote.id, serial }),
    enabled: serial.length === serialLength,
    gcTime: 0,
  });
  return (
    <>
      <TextField label={words('sitting.secret.look-up')} value={typed} onChange={setTyped} maxLength={60} />
      {data !== undefined && (
        <p role="status">
          {words(`sitting.secret.${data.state}`, {
            said: data.choice === null ? '' : sayChoice(data.choice, vote, words),
          })}
        </p>
      )}
    </>
  );
}
