import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { core } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { useWords } from '../../../ui/use-words.ts';

const proofsKey = ['signing', 'proofs'] as const;
/** Only while a round goes on: a page left open does not keep the office awake. */
const whileRunningMs = 700;

/** How far everything sealed is proven, and the work on it as it goes on. */
export function useProving() {
  const words = useWords();
  const client = useQueryClient();
  const standing = useQuery({
    queryKey: proofsKey,
    queryFn: () => core.signing.proofs({}),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.round.state === 'idle' ? false : whileRunningMs,
  });
  const lookAgain = () => client.invalidateQueries({ queryKey: proofsKey });
  const beginning = useMutation({ mutationFn: () => core.signing.proveNow({}), onSettled: lookAgain });
  const stopping = useMutation({ mutationFn: () => core.signing.stopProving({}), onSettled: lookAgain });
  return {
    standing,
    error: beginning.isError ? sentenceOf(beginning.error, words) : null,
    begin: () => {
      beginning.mutate();
    },
    stop: () => {
      stopping.mutate();
    },
  };
}
