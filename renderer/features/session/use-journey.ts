import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

type Begun = Readonly<{ flow: string; url: string }>;

type Steps<Asked, Outcome> = Readonly<{
  begin: (asked: Asked) => Promise<Begun>;
  finish: (flow: string) => Promise<Outcome>;
  onDone: (outcome: Outcome) => void;
}>;

/** A sign-in at the identity provider: its page is opened in the browser, and what came of it waited for. */
export function useJourney<Asked, Outcome>({ begin, finish, onDone }: Steps<Asked, Outcome>) {
  const [away, setAway] = useState<string | null>(null);
  const going = useMutation({
    mutationFn: async (asked: Asked) => {
      const { flow, url } = await begin(asked);
      setAway(url);
      openOutside(url);
      return finish(flow);
    },
    onSuccess: onDone,
    onSettled: () => {
      setAway(null);
    },
  });
  return {
    go: (asked: Asked): void => {
      // Whoever closed the page there may begin anew here; the journey before is given up.
      going.mutate(asked);
    },
    /** Where they are, while they are away. */
    away,
    busy: going.isPending,
    error: going.error,
    reset: going.reset,
  };
}

/** The provider's page has nothing to do with ours: neither can reach the other. */
export function openOutside(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}
