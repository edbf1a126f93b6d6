import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Day } from '#shared/kernel/public.ts';
import { DelegationIdSchema, PersonIdSchema } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { useSession } from '../../app/session.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { directoryKey, useDirectory } from './names.ts';
import type { DirectoryPerson } from './people-rows.ts';

/** Prefixes that need a record of who gave the right (NĐ 30 Đ13). */
export const givenAuthorities = ['KT.', 'TL.', 'TUQ.'] as const;

export type DelegationForm = Readonly<{
  from: string | null;
  to: string | null;
  authority: (typeof givenAuthorities)[number];
  kinds: readonly string[];
  fromDay: Day | null;
  toDay: Day | null;
  source: string;
}>;

/** A right to sign being given: what is filled in, what is still missing, and the sending of it. */
export function useDelegating(subject: DirectoryPerson, onDone: () => void) {
  const words = useWords();
  const client = useQueryClient();
  const { session } = useSession();
  const { people, nameOf } = useDirectory();
  const { today } = useMoment();
  const isAdministrator = session.person.roles.includes('administrator');
  const head = people.find(
    ({ active, rank, roles }) => active && rank === 'head' && roles.includes('leader'),
  );
  const from = isAdministrator ? (head?.id ?? null) : session.person.id;
  const [form, setForm] = useState<DelegationForm>({
    from,
    to: subject.id === from ? null : subject.id,
    authority: subject.rank === 'deputy' ? 'KT.' : 'TL.', // a deputy signs in the head's stead (NĐ 30 Đ13)
    kinds: [],
    fromDay: today,
    toDay: null,
    source: '',
  });
  const [asked, setAsked] = useState(false);
  const giving = useMutation({
    mutationFn: async (filled: FilledForm) => {
      const { from: giver, to, source, kinds, ...rest } = filled;
      const details = {
        ...rest,
        from: PersonIdSchema.parse(giver),
        to: PersonIdSchema.parse(to),
        kinds: [...kinds],
        source: source.trim(),
      };
      const delegationId = DelegationIdSchema.parse(newId());
      await ask(core.directory.delegate, { delegationId, details, parentId: null });
    },
    onSuccess: (_nothing, { to }) => {
      void client.invalidateQueries({ queryKey: directoryKey });
      toast({ text: words('directory.delegate.done', { name: nameOf(to) }) });
      onDone();
    },
  });
  return {
    form,
    isAdministrator,
    change: (part: Partial<DelegationForm>): void => {
      setForm((before) => ({ ...before, ...part }));
    },
    missing: (field: 'from' | 'to' | 'fromDay' | 'source'): string | null =>
      asked && (form[field] ?? '').trim() === '' ? words(`directory.delegate.missing.${field}`) : null,
    missingEnd:
      asked && form.authority === 'TUQ.' && form.toDay === null
        ? words('refusal.directory.needs-end-day')
        : null,
    busy: giving.isPending,
    error: giving.error === null ? null : sentenceOf(giving.error, words),
    submit: (): void => {
      setAsked(true);
      if (isFilled(form) && !giving.isPending) giving.mutate(form);
    },
  };
}

type FilledForm = DelegationForm & Readonly<{ from: string; to: string; fromDay: Day }>;

function isFilled(form: DelegationForm): form is FilledForm {
  const hasEnd = form.authority !== 'TUQ.' || form.toDay !== null;
  return (
    hasEnd && form.from !== null && form.to !== null && form.fromDay !== null && form.source.trim() !== ''
  );
}
