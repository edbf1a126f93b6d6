import { Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { DossierRow } from '#shared/dossiers/public.ts';
import { HandOverIdSchema } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

/** Which package is being tried, and how far it is. */
export type Trying = Readonly<{ code: string; place: number; of: number; percent: number }>;

/** Tries the package of each file, and hands all of them over only when every one is sound; leaving stops it. */
export function useOffering(onDone: () => void) {
  const words = useWords();
  const stopping = useRef<AbortController | null>(null);
  const [trying, setTrying] = useState<Trying | null>(null);
  useEffect(
    () => () => {
      stopping.current?.abort();
    },
    [],
  );
  const offering = useMutation({
    mutationFn: async (files: readonly Pick<DossierRow, 'id' | 'code'>[]) => {
      stopping.current = new AbortController();
      const { signal } = stopping.current;
      for (const [place, { id: dossierId, code }] of files.entries()) {
        setTrying({ code, place, of: files.length, percent: 0 });
        for await (const step of await core.handOvers.tryPackage({ dossierId }, { signal })) {
          if (step.is === 'sound') continue;
          const percent = (100 * step.bytes) / Math.max(1, step.ofBytes);
          setTrying({ code, place, of: files.length, percent });
        }
        signal.throwIfAborted();
      }
      const handOverId = HandOverIdSchema.parse(newId());
      return ask(core.handOvers.offer, { handOverId, dossiers: files.map(({ id }) => id) });
    },
    onSuccess: ({ waits }) => {
      toast({ text: words(waits === true ? 'handOvers.waits' : 'dossiers.done.offer') });
      onDone();
    },
    onSettled: () => {
      setTrying(null);
    },
  });
  return {
    offer: offering.mutate,
    trying,
    busy: offering.isPending,
    error: offering.isError ? sentenceOf(offering.error, words) : null,
  };
}

export function TryingProgress({ trying: { code, place, of, percent } }: Readonly<{ trying: Trying }>) {
  const words = useWords();
  const said = words('handOvers.trying', { code, n: place + 1, count: of });
  return (
    <div role="status">
      <p className="dim">{said}</p>
      <Progress value={(100 * place + percent) / of} size={4} aria-label={said} />
    </div>
  );
}
