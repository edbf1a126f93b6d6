import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Desk } from '#shared/directory/public.ts';
import { AppError, InstantSchema } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useRouter } from '../../app/router.tsx';
import { Combo } from '../../ui/combo.tsx';
import { Gate, Note } from '../../ui/gate.tsx';
import { sayInstant } from '../../ui/moments.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { endOfIdle, wasIdle } from './idle-mark.ts';
import { desksKey } from './desks-key.ts';

type SignInFormProps = Readonly<{ desks: readonly Desk[]; samplePassphrase: string | null }>;

/** Agency, person by two letters of the name, passphrase. */
export function SignInForm({ desks, samplePassphrase }: SignInFormProps) {
  const words = useWords();
  const client = useQueryClient();
  const { go } = useRouter();
  const { now } = useMoment();
  const [lastDesk, keepDesk] = useRemembered('desk', textOrNull);
  const [lastPerson, keepPerson] = useRemembered('person', textOrNull);
  const [deskId, setDeskId] = useState<string | null>(lastDesk ?? desks[0]?.agencyId ?? null);
  const desk = desks.find((one) => one.agencyId === deskId) ?? desks[0];
  const [personId, setPersonId] = useState<string | null>(lastPerson);
  const person = desk?.people.find((one) => one.id === personId) ?? null;
  const [passphrase, setPassphrase] = useState('');
  const [idle] = useState(wasIdle);
  const secret = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const knowsPerson = person !== null;
  useEffect(() => {
    if (knowsPerson) secret.current?.focus();
    else form.current?.querySelector<HTMLElement>('[data-person] input')?.focus();
  }, [knowsPerson, personId]);

  const entering = useMutation({
    mutationFn: async () => {
      if (desk === undefined || person === null) throw new AppError('session.choose-person');
      return core.session.signIn({ agencyId: desk.agencyId, personId: person.id, passphrase });
    },
    onSuccess: (session) => {
      endOfIdle();
      keepDesk(session.agencyId);
      keepPerson(session.person.id);
      // Somebody else's page is not where this person left off.
      if (session.person.id !== lastPerson) go('/', { replace: true });
      client.setQueryData(['session'], { session });
    },
    onError: () => {
      setPassphrase('');
      secret.current?.focus();
      void client.invalidateQueries({ queryKey: desksKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!entering.isPending) entering.mutate();
  };
  const noPerson = entering.error instanceof AppError && entering.error.code === 'session.choose-person';
  const lockedUntil = person?.lockedUntil ?? null;
  return (
    <form ref={form} onSubmit={submit} className="frame-main">
      <Gate
        name={words('app.name')}
        title={words('session.signIn.title')}
        lead={words(idle ? 'session.signIn.idle' : 'session.signIn.lead')}
      >
        <Combo
          label={words('session.signIn.agency')}
          choices={desks.map((one) => ({ id: one.agencyId, label: one.agencyName }))}
          value={desk?.agencyId ?? null}
          onChange={(id) => {
            setDeskId(id);
            setPersonId(null);
            entering.reset();
          }}
        />
        <div data-person>
          <PersonPicker
            key={desk?.agencyId}
            label={words('session.signIn.person')}
            placeholder={words('session.signIn.person.placeholder')}
            people={(desk?.people ?? []).map(({ id, name, post }) => ({ id, name, post, unit: '' }))}
            value={person?.id ?? null}
            error={noPerson ? sentenceOf(entering.error, words) : null}
            onChange={(id) => {
              setPersonId(id);
              entering.reset();
            }}
          />
        </div>
        <PasswordInput
          ref={secret}
          label={words('session.signIn.passphrase')}
          value={passphrase}
          autoComplete="current-password"
          disabled={lockedUntil !== null}
          visibilityToggleButtonProps={{ 'aria-label': words('session.passphrase.show') }}
          error={entering.isError && !noPerson ? sentenceOf(entering.error, words) : null}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
          }}
        />
        {lockedUntil !== null && (
          <Note tone="danger">
            {words('session.signIn.locked', {
              when: sayInstant(InstantSchema.parse(lockedUntil), now, words),
            })}
          </Note>
        )}
        <Button type="submit" size="md" loading={entering.isPending} disabled={lockedUntil !== null}>
          {words('session.signIn.enter')}
        </Button>
        {desk?.sample === true && samplePassphrase !== null && (
          <Note>
            <p>{words('session.signIn.sample', { passphrase: samplePassphrase })}</p>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                setPassphrase(samplePassphrase);
                secret.current?.focus();
              }}
            >
              {words('session.signIn.sample.fill')}
            </Button>
          </Note>
        )}
      </Gate>
    </form>
  );
}

function textOrNull(kept: unknown): string | null {
  return typeof kept === 'string' ? kept : null;
}
