import { Button, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Desk } from '#shared/directory/public.ts';
import { InstantSchema } from '#shared/kernel/public.ts';
import { Combo } from '../../ui/combo.tsx';
import { Gate, Note } from '../../ui/gate.tsx';
import { sayInstant } from '../../ui/moments.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { useWords } from '../../ui/use-words.ts';
import { IdentitySignIn } from './identity-sign-in.tsx';
import { wasIdle } from './idle-mark.ts';
import { useSignIn, type SignIn } from './use-sign-in.ts';

type SignInFormProps = Readonly<{
  desks: readonly Desk[];
  wiped: readonly string[];
  samplePassphrase: string | null;
  onJoin: () => void;
}>;

/** Agency, person by two letters of the name, passphrase. */
export function SignInForm({ desks, wiped, samplePassphrase, onJoin }: SignInFormProps) {
  const words = useWords();
  const [idle] = useState(wasIdle);
  const secret = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const focusSecret = (): void => {
    secret.current?.focus();
  };
  const signIn = useSignIn(desks, focusSecret);
  const { desk, person, faults } = signIn;
  const personId = person?.id ?? null;
  useEffect(() => {
    if (personId !== null) secret.current?.focus();
    else form.current?.querySelector<HTMLElement>('[data-person] input')?.focus();
  }, [personId]);
  const lockedUntil = person?.lockedUntil ?? null;
  return (
    <form
      ref={form}
      className="frame-main"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.enter();
      }}
    >
      <Gate
        name={words('app.name')}
        title={words('session.signIn.title')}
        lead={words(idle ? 'session.signIn.idle' : 'session.signIn.lead')}
      >
        {wiped.map((agency) => (
          <Note key={agency} tone="danger">
            {words('session.wiped', { agency })}
          </Note>
        ))}
        <Combo
          label={words('session.signIn.agency')}
          choices={desks.map(({ agencyId, agencyName }) => ({ id: agencyId, label: agencyName }))}
          value={desk?.agencyId ?? null}
          onChange={signIn.chooseDesk}
        />
        <div data-person>
          <PersonPicker
            key={desk?.agencyId}
            label={words('session.signIn.person')}
            placeholder={words('session.signIn.person.placeholder')}
            people={(desk?.people ?? []).map(({ id, name, post }) => ({ id, name, post, unit: '' }))}
            value={personId}
            error={faults.person}
            onChange={signIn.choosePerson}
          />
        </div>
        <PasswordInput
          ref={secret}
          label={words('session.signIn.passphrase')}
          value={signIn.passphrase}
          autoComplete="current-password"
          disabled={lockedUntil !== null}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words('session.passphrase.show') }}
          error={faults.passphrase}
          onChange={(event) => {
            signIn.setPassphrase(event.currentTarget.value);
          }}
        />
        {lockedUntil !== null && <Locked until={lockedUntil} />}
        <Button type="submit" size="md" loading={signIn.busy} disabled={lockedUntil !== null}>
          {words('session.signIn.enter')}
        </Button>
        <OtherWayIn signIn={signIn} isLocked={lockedUntil !== null} />
        <Button variant="subtle" size="compact-sm" onClick={onJoin}>
          {words('session.signIn.join')}
        </Button>
        {desk?.sample === true && samplePassphrase !== null && (
          <SampleNote
            passphrase={samplePassphrase}
            onFill={() => {
              signIn.setPassphrase(samplePassphrase);
              focusSecret();
            }}
          />
        )}
      </Gate>
    </form>
  );
}

/** Where the chosen person's desk opens by their account too. */
function OtherWayIn({ signIn, isLocked }: Readonly<{ signIn: SignIn; isLocked: boolean }>) {
  const { desk, person, entered } = signIn;
  if (desk === null || person === null || person.identity === null) return null;
  return (
    <IdentitySignIn
      key={person.id}
      name={person.identity}
      who={{ agencyId: desk.agencyId, personId: person.id }}
      disabled={isLocked}
      onEntered={entered}
    />
  );
}

function SampleNote({ passphrase, onFill }: Readonly<{ passphrase: string; onFill: () => void }>) {
  const words = useWords();
  return (
    <Note>
      <p>{words('session.signIn.sample', { passphrase })}</p>
      <Button size="compact-sm" variant="subtle" onClick={onFill}>
        {words('session.signIn.sample.fill')}
      </Button>
    </Note>
  );
}

function Locked({ until }: Readonly<{ until: string }>) {
  const words = useWords();
  const { now } = useMoment();
  const when = sayInstant(InstantSchema.parse(until), now, words);
  return <Note tone="danger">{words('session.signIn.locked', { when })}</Note>;
}
