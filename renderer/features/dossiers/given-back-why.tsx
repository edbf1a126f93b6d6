import type { GivenBack } from '#shared/dossiers/public.ts';
import { useWords } from '../../ui/use-words.ts';

/** What of the check list was not in order, and what is to be mended. */
export function GivenBackWhy({ why: { reasons, words: said } }: Readonly<{ why: GivenBack }>) {
  const words = useWords();
  return (
    <ul className="given-back">
      {reasons.map((reason) => (
        <li key={reason}>{words(`handOvers.reason.${reason}`)}</li>
      ))}
      {said !== '' && <li>{said}</li>}
    </ul>
  );
}
