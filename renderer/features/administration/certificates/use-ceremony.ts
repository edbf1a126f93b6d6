import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Keepers, authorityKeyTypes } from '#shared/signing/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';
import { authorityKey } from './use-authority.ts';

export type Share = Awaited<ReturnType<typeof core.authority.showShare>>;

type Stage =
  | Readonly<{ at: 'keepers' }>
  | Readonly<{ at: 'share'; keeper: number; keepers: Keepers; shown: Share | null }>
  | Readonly<{ at: 'end'; keepers: Keepers; fingerprint: string }>;

/** The steps of founding an authority: keepers, one share after another, the end; nothing is written before the end. */
export function useCeremony(onClose: () => void) {
  const words = useWords();
  const client = useQueryClient();
  const [stage, setStage] = useState<Stage>({ at: 'keepers' });
  const beginning = useMutation({
    mutationFn: (asked: Readonly<{ keepers: Keepers; keyType: (typeof authorityKeyTypes)[number] }>) =>
      core.authority.begin(asked),
    onSuccess: (_done, { keepers }) => {
      setStage({ at: 'share', keeper: 0, keepers, shown: null });
    },
  });
  const showing = useMutation({
    mutationFn: (keeper: number) => core.authority.showShare({ keeper }),
    onSuccess: (shown) => {
      setStage((before) => (before.at === 'share' ? { ...before, shown } : before));
    },
  });
  const confirming = useMutation({
    mutationFn: (read: Readonly<{ keeper: number; group: string }>) => core.authority.confirmShare(read),
    onSuccess: (_done, { keeper }) => {
      setStage((before) => (before.at === 'share' ? afterShare(before, keeper) : before));
    },
  });
  const finishing = useMutation({
    mutationFn: async () => {
      accepted((await core.authority.finish({ commandId: newCommandId() })).reply);
      await Promise.all([
        client.invalidateQueries({ queryKey: authorityKey }),
        client.invalidateQueries({ queryKey: directoryKey }),
      ]);
    },
    onSuccess: () => {
      toast({ text: words('certificates.found.done') });
      onClose();
    },
  });
  const steps = [beginning, showing, confirming, finishing];
  const failed = steps.find(({ isError }) => isError)?.error ?? null;
  return {
    stage,
    begin: beginning.mutate,
    show: showing.mutate,
    confirm: confirming.mutate,
    finish: finishing.mutate,
    busy: steps.some(({ isPending }) => isPending),
    error: failed === null ? null : sentenceOf(failed, words),
    forgive: (): void => {
      for (const step of steps) step.reset();
    },
    leave: (): void => {
      if (stage.at !== 'keepers') void core.authority.cancel({}).catch(() => undefined);
      onClose();
    },
  };
}

export type CeremonyState = ReturnType<typeof useCeremony>;

function afterShare(before: Extract<Stage, { at: 'share' }>, keeper: number): Stage {
  const { keepers, shown } = before;
  const next = keeper + 1;
  if (next < keepers.names.length) return { at: 'share', keeper: next, keepers, shown: null };
  return { at: 'end', keepers, fingerprint: shown?.fingerprint ?? '' };
}
