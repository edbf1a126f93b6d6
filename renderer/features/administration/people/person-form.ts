import { useState } from 'react';
import { PersonDetailsSchema, type PersonDetails, type Role } from '#shared/directory/public.ts';
import { PersonIdSchema, type PersonId, type UnitId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../../app/client.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { DirectoryPerson } from '../../directory/public.ts';
import { useDescribing } from '../use-describing.ts';

export type PersonForm = Readonly<{
  name: string;
  post: string;
  rank: PersonDetails['rank'];
  unit: UnitId | null;
  roles: readonly Role[];
  email: string;
}>;

type Field = 'name' | 'post' | 'unit' | 'roles' | 'email';

/** Someone being described: a new person, or `person` as they stand now. */
export type PersonDescribed = Readonly<{ kind: 'new' }> | Readonly<{ kind: 'edit'; person: DirectoryPerson }>;

const nobodyYet: PersonForm = {
  name: '',
  post: '',
  rank: 'member',
  unit: null,
  roles: ['officer'],
  email: '',
};

/** What is filled in about a person, what is still wrong, and the sending of it. */
export function usePersonForm(described: PersonDescribed, onDone: (personId: PersonId) => void) {
  const words = useWords();
  const person = described.kind === 'edit' ? described.person : null;
  const [form, setForm] = useState<PersonForm>(() =>
    person === null ? nobodyYet : { ...person, email: person.email ?? '' },
  );
  const [personId] = useState(() => person?.id ?? PersonIdSchema.parse(newId()));
  const [asked, setAsked] = useState(false);
  const describing = useDescribing(
    (details: PersonDetails) => ask(core.directory.describePerson, { personId, details }),
    () => {
      onDone(personId);
    },
  );
  const email = form.email.trim();
  const filled = PersonDetailsSchema.safeParse({ ...form, email: email === '' ? null : email });
  const wrong = filled.success ? [] : filled.error.issues.map(({ path }) => path[0]);
  return {
    form,
    change: (part: Partial<PersonForm>): void => {
      setForm((before) => ({ ...before, ...part }));
    },
    missing: (field: Field): string | null =>
      asked && wrong.includes(field) ? words(`administration.people.missing.${field}`) : null,
    busy: describing.busy,
    error: describing.error,
    submit: (): void => {
      setAsked(true);
      if (!filled.success || describing.busy) return;
      const { name } = filled.data;
      describing.send({
        details: filled.data,
        done: words(person === null ? 'administration.people.add.done' : 'administration.people.edit.done', {
          name,
        }),
        // The schema keeps the details only: neither the id nor the certificate goes along.
        before: person && {
          details: PersonDetailsSchema.parse(person),
          undone: words('administration.people.undone', { name: person.name }),
        },
      });
    },
  };
}
