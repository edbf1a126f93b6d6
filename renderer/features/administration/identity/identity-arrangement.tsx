import { Button, PasswordInput, Select } from '@mantine/core';
import type { Agency } from '#shared/directory/public.ts';
import { Note, Stack } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useIdentityForm, type IdentityFormState } from './use-identity-form.ts';

/** Whose word the agency takes for who somebody is, and by what people are known there. */
export function IdentityArrangement({ agency }: Readonly<{ agency: Agency }>) {
  const words = useWords();
  const state = useIdentityForm(agency);
  const { form, change } = state;
  useControlEnter(state.submit);
  return (
    <section aria-labelledby="identity-arrangement">
      <h2 id="identity-arrangement">{words('identity.arrangement')}</h2>
      <form
        className="identity-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          state.submit();
        }}
      >
        <Stack columns={2}>
          <TextField
            label={words('identity.name')}
            hint={words('identity.name.hint')}
            value={form.name}
            maxLength={60}
            onChange={(name) => {
              change({ name });
            }}
          />
          <TextField
            label={words('identity.issuer')}
            hint={words('identity.issuer.hint')}
            value={form.issuer}
            maxLength={300}
            onChange={(issuer) => {
              change({ issuer });
            }}
          />
          <TextField
            label={words('identity.client')}
            value={form.clientId}
            maxLength={200}
            onChange={(clientId) => {
              change({ clientId });
            }}
          />
          <PasswordInput
            label={words('identity.secret')}
            description={words(state.isOn ? 'identity.secret.kept' : 'identity.secret.hint')}
            inputWrapperOrder={['label', 'input', 'description']}
            value={form.secret}
            autoComplete="off"
            visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words('session.passphrase.show') }}
            onChange={(event) => {
              change({ secret: event.currentTarget.value });
            }}
          />
          <Select
            label={words('identity.equals')}
            allowDeselect={false}
            data={(['email', 'identifier'] as const).map((value) => ({
              value,
              label: words(`identity.equals.${value}`),
            }))}
            value={form.equals}
            onChange={(chosen) => {
              if (chosen === 'email' || chosen === 'identifier') change({ equals: chosen });
            }}
          />
          <TextField
            label={words('identity.claim')}
            hint={words('identity.claim.hint')}
            value={form.claim}
            maxLength={100}
            onChange={(claim) => {
              change({ claim });
            }}
          />
        </Stack>
        <TextField
          label={words('identity.strong')}
          hint={words('identity.strong.hint')}
          value={form.strong}
          maxLength={500}
          onChange={(strong) => {
            change({ strong });
          }}
        />
        <Outcome state={state} />
        <Acts state={state} />
      </form>
    </section>
  );
}

type OfState = Readonly<{ state: IdentityFormState }>;

function Outcome({ state }: OfState) {
  const words = useWords();
  const { form, trial } = state;
  return (
    <>
      {state.isWrong && <Note tone="danger">{words('identity.incomplete')}</Note>}
      {state.error !== null && <Note tone="danger">{state.error}</Note>}
      {trial.error !== null && <Note tone="danger">{trial.error}</Note>}
      {trial.answer !== null && (
        <Note tone={trial.answer.givesClaim === false ? 'soon' : 'plain'}>
          {words(trial.answer.givesClaim === false ? 'identity.try.noClaim' : 'identity.try.good', {
            address: trial.answer.signIn,
            claim: form.claim,
          })}
        </Note>
      )}
    </>
  );
}

function Acts({ state }: OfState) {
  const words = useWords();
  return (
    <div className="identity-acts">
      <Button type="submit" loading={state.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
        {words('administration.save')}
      </Button>
      <Button variant="default" loading={state.trial.busy} onClick={state.tryOut}>
        {words('identity.try')}
      </Button>
      {state.isOn && (
        <Button variant="default" loading={state.busy} onClick={state.takeAway}>
          {words('identity.takeAway')}
        </Button>
      )}
    </div>
  );
}
