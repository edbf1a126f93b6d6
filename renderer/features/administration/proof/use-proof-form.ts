import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agency, ProofPolicy } from '#shared/directory/public.ts';
import { ask, core } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';
import { proofFormOf, readProofForm, type ProofForm } from './proof-form.ts';

/** The arrangement being filled in, tried out and recorded. */
export function useProofForm(agency: Agency) {
  const words = useWords();
  const client = useQueryClient();
  const [form, setForm] = useState<ProofForm>(() => proofFormOf(agency.proof));
  const [asked, setAsked] = useState(false);
  const read = readProofForm(form);
  const trying = useMutation({
    mutationFn: (service: string) => core.signing.tryTimestamps({ service }),
  });
  const arranging = useMutation({
    mutationFn: async (proof: ProofPolicy | null) => {
      await ask(core.directory.arrangeProof, { proof });
      await client.invalidateQueries({ queryKey: directoryKey });
    },
    onSuccess: (_nothing, proof) => {
      toast({ text: words(proof === null ? 'proof.arranged.off' : 'proof.arranged') });
    },
  });
  return {
    form,
    change: (part: Partial<ProofForm>): void => {
      setForm((before) => ({ ...before, ...part }));
      if (part.service !== undefined) trying.reset();
      arranging.reset();
    },
    isOn: form.service.trim() !== '',
    isWrong: asked && read === undefined,
    busy: arranging.isPending,
    error: arranging.isError ? sentenceOf(arranging.error, words) : null,
    trial: {
      busy: trying.isPending,
      answer: trying.data ?? null,
      error: trying.isError ? sentenceOf(trying.error, words) : null,
    },
    tryOut: (): void => {
      setAsked(true);
      if (read !== undefined && read !== null && !trying.isPending) trying.mutate(read.service);
    },
    submit: (): void => {
      setAsked(true);
      if (read !== undefined && !arranging.isPending) arranging.mutate(read);
    },
  };
}

export type ProofFormState = ReturnType<typeof useProofForm>;
