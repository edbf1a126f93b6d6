import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { core } from '../../app/client.ts';
import { useWords } from '../../ui/use-words.ts';
import { sayRetention } from './retention-words.ts';

type SuggestedTermProps = Readonly<{
  asked: Readonly<{ year: number; code: string; title: string }>;
  chosen: string | null;
  onTake: (retention: string) => void;
}>;

/** How long such files are kept as far as somebody has said, what says so and how sure it is; taken with one press. */
export function SuggestedTerm({ asked, chosen, onTake }: SuggestedTermProps) {
  const words = useWords();
  const { data } = useQuery({
    queryKey: ['dossiers', 'suggestRetention', asked],
    queryFn: () => core.dossiers.suggestRetention(asked),
    enabled: asked.title.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const suggested = data?.suggested ?? null;
  if (suggested === null) return null;
  const { retention, basis, sure, from } = suggested;
  const term = sayRetention(retention, words);
  const said = from === 'list' ? words('dossiers.suggested.list') : basis;
  return (
    <>
      {words('dossiers.suggested', { term, basis: said })}
      {sure === 'unconfirmed' && ` ${words('dossiers.suggested.unconfirmed')}`}{' '}
      {chosen !== String(retention) && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            onTake(String(retention));
          }}
        >
          {words('dossiers.suggested.take')}
        </Button>
      )}
    </>
  );
}
