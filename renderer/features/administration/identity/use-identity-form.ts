import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agency, IdentityPolicy } from '#shared/directory/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';
import { identityFormOf, readIdentityForm, type IdentityForm } from './identity-form.ts';

/** The identity provider being filled in, tried out and arranged. */
export function useIdentityForm(agency: Agency) {
  const words = useWords();
  const client = useQueryClient();
  const [form, setForm] = useState<IdentityForm>(() => identityFormOf(agency.identity));
  const [asked, setAsked] = useState(false);
  const read = readIdentityForm(form);
  const secret = form.secret === '' ? null : form.secret;
  const trying = useMutation({
    mutationFn: (policy: IdentityPolicy) => core.sync.tryIdentity({ policy, secret }),
  });
  const arranging = useMutation({
    mutationFn: async (identity: IdentityPolicy | null) => {
      const { reply } = await core.sync.arrangeIdentity({ commandId: newCommandId(), identity, secret });
      accepted(reply);
      await client.invalidateQueries({ queryKey: directoryKey });
    },
    onSuccess: (_nothing, identity) => {
      setForm((before) => (identity === null ? identityFormOf(null) : { ...before, secret: '' }));
      setAsked(false);
      toast({ text: words(identity === null ? 'identity.arranged.off' : 'identity.arranged') });
    },
  });
  return {
    form,
    change: (part: Partial<IdentityForm>): void => {
      setForm((before) => ({ ...before, ...part }));
      trying.reset();
      arranging.reset();
    },
    isWrong: asked && read === undefined,
    isOn: agency.identity !== null,
    busy: arranging.isPending,
    error: arranging.isError ? sentenceOf(arranging.error, words) : null,
    trial: {
      busy: trying.isPending,
      answer: trying.data ?? null,
      error: trying.isError ? sentenceOf(trying.error, words) : null,
    },
    tryOut: (): void => {
      setAsked(true);
      if (read !== undefined && !trying.isPending) trying.mutate(read);
    },
    submit: (): void => {
      setAsked(true);
      if (read !== undefined && !arranging.isPending) arranging.mutate(read);
    },
    takeAway: (): void => {
      if (!arranging.isPending) arranging.mutate(null);
    },
  };
}

export type IdentityFormState = ReturnType<typeof useIdentityForm>;
