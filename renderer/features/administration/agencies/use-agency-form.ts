import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agency, AgencyDetails } from '#shared/directory/public.ts';
import { AgencyIdSchema, type AgencyId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey, useDirectory } from '../../directory/public.ts';
import { detailsOf, emptyForm, formOf, readForm, type AgencyForm } from './agency-form.ts';

/** An agency being described: what is filled in, what the model does not take of it, and the sending of it. */
export function useAgencyForm(agency: Agency | null, onDone: (agencyId: AgencyId) => void) {
  const words = useWords();
  const { own } = useDirectory();
  const [form, setForm] = useState<AgencyForm>(() => (agency === null ? emptyForm(own) : formOf(agency)));
  const [agencyId] = useState(() => agency?.id ?? AgencyIdSchema.parse(newId()));
  const [asked, setAsked] = useState(false);
  const describe = useDescribe();
  const describing = useMutation({
    mutationFn: (details: AgencyDetails) => describe(agencyId, details),
    onSuccess: (_nothing, { name }) => {
      if (agency === null) toast({ text: words('administration.agencies.add.done', { name }) });
      else {
        const undo = (): void => {
          describe(agencyId, detailsOf(agency)).then(
            () => {
              toast({ text: words('administration.agencies.undone', { name: agency.name }) });
            },
            (error: unknown) => {
              toast({ text: sentenceOf(error, words), tone: 'danger' });
            },
          );
        };
        toast({ text: words('administration.agencies.edit.done', { name }), undo });
      }
      onDone(agencyId);
    },
  });
  const read = readForm(form, agency?.own === true);
  return {
    form,
    isOwn: agency?.own === true,
    change: (part: Partial<AgencyForm>): void => {
      setForm((before) => ({ ...before, ...part }));
    },
    /** Whether a field is at fault, once saving has been asked for. */
    isWrong: (field: string): boolean => asked && read.faults !== null && read.faults.has(field),
    isIncomplete: asked && read.faults !== null,
    busy: describing.isPending,
    error: describing.error === null ? null : sentenceOf(describing.error, words),
    submit: (): void => {
      setAsked(true);
      if (read.details !== null && !describing.isPending) describing.mutate(read.details);
    },
  };
}

export type AgencyFormState = ReturnType<typeof useAgencyForm>;

function useDescribe() {
  const client = useQueryClient();
  return async (agencyId: AgencyId, details: AgencyDetails): Promise<void> => {
    await ask(core.directory.describeAgency, { agencyId, details });
    await client.invalidateQueries({ queryKey: directoryKey });
  };
}
