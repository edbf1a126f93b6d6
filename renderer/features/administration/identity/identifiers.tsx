import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { Note, Stack } from '../../../ui/gate.tsx';
import { PersonPicker } from '../../../ui/person-picker.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey, useDirectory } from '../../directory/public.ts';

/** By what number the provider knows each person; it is noted and never shown again, since only its digest is kept. */
export function Identifiers() {
  const words = useWords();
  const client = useQueryClient();
  const { people, unitName } = useDirectory();
  const [personId, setPersonId] = useState<string | null>(null);
  const [identifier, setIdentifier] = useState('');
  const active = people.filter((person) => person.active);
  const without = active.filter((person) => person.identifier == null).length;
  const noting = useMutation({
    mutationFn: async (id: string) => {
      const { reply } = await core.sync.identifyPerson({
        commandId: newCommandId(),
        personId: PersonIdSchema.parse(id),
        identifier: identifier.trim(),
      });
      accepted(reply);
      await client.invalidateQueries({ queryKey: directoryKey });
    },
    onSuccess: () => {
      toast({ text: words('identity.number.noted') });
      setPersonId(null);
      setIdentifier('');
    },
  });
  return (
    <section aria-labelledby="identity-numbers">
      <h2 id="identity-numbers">{words('identity.numbers')}</h2>
      <p className="dim">{words('identity.numbers.about', { count: without })}</p>
      <form
        className="identity-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (personId !== null && !noting.isPending) noting.mutate(personId);
        }}
      >
        <Stack columns={2}>
          <PersonPicker
            label={words('identity.number.person')}
            placeholder={words('session.signIn.person.placeholder')}
            people={active.map(({ id, name, post, unit }) => ({ id, name, post, unit: unitName(unit) }))}
            value={personId}
            onChange={(id) => {
              setPersonId(id);
              noting.reset();
            }}
          />
          <TextField
            label={words('identity.number')}
            value={identifier}
            maxLength={200}
            onChange={(typed) => {
              setIdentifier(typed);
              noting.reset();
            }}
          />
        </Stack>
        {noting.isError && <Note tone="danger">{sentenceOf(noting.error, words)}</Note>}
        <div className="identity-acts">
          <Button type="submit" variant="default" loading={noting.isPending} disabled={personId === null}>
            {words('identity.number.note')}
          </Button>
        </div>
      </form>
    </section>
  );
}
