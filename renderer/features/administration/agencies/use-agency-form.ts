import { useState } from 'react';
import type { Agency, AgencyDetails } from '#shared/directory/public.ts';
import { AgencyIdSchema, type AgencyId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../../app/client.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useDescribing } from '../use-describing.ts';
import { detailsOf, emptyForm, formOf, readForm, type AgencyForm } from './agency-form.ts';

/** An agency being described: what is filled in, what the model does not take of it, and the sending of it. */
export function useAgencyForm(agency: Agency | null, onDone: (agencyId: AgencyId) => void) {
  const words = useWords();
  const { own } = useDirectory();
  const [form, setForm] = useState<AgencyForm>(() => (agency === null ? emptyForm(own) : formOf(agency)));
  const [agencyId] = useState(() => agency?.id ?? AgencyIdSchema.parse(newId()));
  const [asked, setAsked] = useState(false);
  const describing = useDescribing(
    (details: AgencyDetails) => ask(core.directory.describeAgency, { agencyId, details: detailsOf(details) }),
    () => {
      onDone(agencyId);
    },
  );
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
    busy: describing.busy,
    error: describing.error,
    submit: (): void => {
      setAsked(true);
      if (read.details === null) return;
      const { name } = read.details;
      describing.send({
        details: read.details,
        done: words(
          agency === null ? 'administration.agencies.add.done' : 'administration.agencies.edit.done',
          { name },
        ),
        before: agency && {
          details: agency,
          undone: words('administration.agencies.undone', { name: agency.name }),
        },
      });
    },
  };
}

export type AgencyFormState = ReturnType<typeof useAgencyForm>;
