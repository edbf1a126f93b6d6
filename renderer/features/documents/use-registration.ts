import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Incoming } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { useRemembered } from '../../ui/remembered.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { readActBody } from './act-body.ts';
import { fieldsOf, formOf, missingIn, type RegistrationForm } from './registration-form.ts';

export type Registration = Readonly<{
  form: RegistrationForm;
  setForm: (form: RegistrationForm) => void;
  presentTo: string | null;
  /** Why it goes into the register although its signature is wrong. */
  despite: string;
  setDespite: (reason: string) => void;
  setPresentTo: (id: string | null) => void;
  asked: boolean;
  busy: boolean;
  error: string | null;
  submit: () => void;
}>;

/** Registers one received paper: the form as left, whom it is presented to as last time, and the number it gets. */
export function useRegistration(document: Incoming, onDone: (documentId: DocumentId) => void): Registration {
  const words = useWords();
  const client = useQueryClient();
  const { pickable, personOf } = useDirectory();
  const unsent = ['unsent', document.id];
  const [form, setFormState] = useState<RegistrationForm>(
    () => client.getQueryData<RegistrationForm>(unsent) ?? formOf(document),
  );
  const [remembered, remember] = useRemembered('presentTo', (kept) =>
    typeof kept === 'string' ? kept : null,
  );
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const [asked, setAsked] = useState(false);
  const [despite, setDespite] = useState('');
  const needsReason = document.check?.verdict === 'invalid';
  const directors = pickable(['leader', 'chief']);
  // NĐ 30 Đ23: it goes to the head unless the office has chosen somebody else before.
  const head = directors.find(
    ({ id }) => personOf(id)?.rank === 'head' && personOf(id)?.roles.includes('leader'),
  );
  const known = directors.find(({ id }) => id === remembered) ?? head ?? directors[0];
  const presentTo = chosen === undefined ? (known?.id ?? null) : chosen;

  const registering = useMutation({
    mutationFn: () =>
      ask(core.documents.registerIncoming, {
        documentId: document.id,
        fields: fieldsOf(form),
        presentTo: PersonIdSchema.parse(presentTo),
        ...(needsReason ? { despite: despite.trim() } : {}),
      }),
    onSuccess: ({ acts }) => {
      const registered = acts.find((act) => act.type === 'incomingRegistered');
      const number = readActBody(registered?.body).arrival?.number;
      if (presentTo !== null) remember(presentTo);
      client.removeQueries({ queryKey: unsent });
      const { notation } = form;
      toast({
        text:
          number === undefined
            ? words('registration.done.waiting', { notation })
            : words('registration.done', { number, notation }),
      });
      onDone(document.id);
    },
  });
  return {
    form,
    setForm: (next) => {
      setFormState(next);
      client.setQueryData(unsent, next);
    },
    presentTo,
    setPresentTo: setChosen,
    despite,
    setDespite,
    asked,
    busy: registering.isPending,
    error: registering.isError ? sentenceOf(registering.error, words) : null,
    submit: () => {
      setAsked(true);
      const isWhole = missingIn(form).length === 0 && presentTo !== null;
      const isExplained = !needsReason || despite.trim() !== '';
      if (isWhole && isExplained && !registering.isPending) registering.mutate();
    },
  };
}
