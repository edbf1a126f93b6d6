import { Button, Select } from '@mantine/core';
import type { Agency } from '#shared/directory/public.ts';
import { dayOf, proofLevels } from '#shared/kernel/public.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Note, Stack } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { ProofMark } from '../../../ui/marks.tsx';
import { formatDay, formatExact } from '../../../ui/moments.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { marginsWith } from './proof-form.ts';
import { useProofForm, type ProofFormState } from './use-proof-form.ts';

/** Who stamps what the agency signs, how far it is to be proven, and how long before its end it is renewed. */
export function ProofArrangement({ agency }: Readonly<{ agency: Agency }>) {
  const words = useWords();
  const state = useProofForm(agency);
  const { form, change, isOn } = state;
  useControlEnter(state.submit);
  return (
    <section aria-labelledby="proof-arrangement">
      <h2 id="proof-arrangement">{words('proof.arrangement')}</h2>
      <form
        className="proof-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          state.submit();
        }}
      >
        <div className="proof-service">
          <TextField
            label={words('proof.service')}
            value={form.service}
            onChange={(service) => {
              change({ service });
            }}
            placeholder={words('proof.service.example')}
            hint={words('proof.service.hint')}
            maxLength={300}
            error={state.isWrong ? words('proof.service.wrong') : null}
          />
          <Button
            className="proof-try"
            variant="default"
            loading={state.trial.busy}
            disabled={!isOn}
            onClick={state.tryOut}
          >
            {words('proof.try')}
          </Button>
        </div>
        <Trial trial={state.trial} />
        <Stack columns={2}>
          <Select
            label={words('proof.level')}
            description={isOn ? words(`proof.level.${form.level}.help`) : words('proof.off')}
            inputWrapperOrder={['label', 'input', 'description']}
            allowDeselect={false}
            disabled={!isOn}
            data={proofLevels.map((value) => ({ value, label: words(`proof.level.${value}`) }))}
            value={form.level}
            onChange={(chosen) => {
              const level = proofLevels.find((one) => one === chosen);
              if (level !== undefined) change({ level });
            }}
          />
          <Select
            label={words('proof.margin')}
            description={words('proof.margin.help')}
            inputWrapperOrder={['label', 'input', 'description']}
            allowDeselect={false}
            disabled={!isOn || form.level !== 'B-LTA'}
            data={marginsWith(form.marginDays).map((days) => ({
              value: String(days),
              label: words('proof.margin.days', { count: days }),
            }))}
            value={String(form.marginDays)}
            onChange={(chosen) => {
              if (chosen !== null) change({ marginDays: Number(chosen) });
            }}
          />
        </Stack>
        {state.error !== null && <Note tone="danger">{state.error}</Note>}
        <div className="proof-form-acts">
          <Button type="submit" loading={state.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
            {words('administration.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Trial({ trial: { answer, error } }: Pick<ProofFormState, 'trial'>) {
  const words = useWords();
  if (error !== null) return <Note tone="danger">{error}</Note>;
  if (answer === null) return null;
  const { time, name, issuer, validTo, isTrusted } = answer;
  return (
    <div className="proof-trial" role="status">
      <ProofMark
        proof={isTrusted ? 'proven' : 'unclear'}
        label={words(isTrusted ? 'proof.try.trusted' : 'proof.try.untrusted')}
      />
      <Facts
        facts={[
          { label: words('proof.try.time'), value: formatExact(time) },
          { label: words('proof.try.validTo'), value: formatDay(dayOf(validTo)) },
          { label: words('proof.try.name'), value: name },
          { label: words('proof.try.issuer'), value: issuer },
        ]}
      />
      {!isTrusted && <p className="dim">{words('proof.try.untrusted.help')}</p>}
    </div>
  );
}
