import { NumberInput, Select } from '@mantine/core';
import { leadSides, usualSealMm } from '#shared/directory/public.ts';
import { Stack } from '../../../ui/gate.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { levels } from './agency-form.ts';
import type { AgencyFormState } from './use-agency-form.ts';

/** What an agency is called, whom it answers to, where it is and how it is reached. */
export function AgencyFields({ state }: Readonly<{ state: AgencyFormState }>) {
  const words = useWords();
  const { form, change, isWrong, isOwn } = state;
  return (
    <>
      <TextField
        label={words('administration.agencies.name')}
        value={form.name}
        onChange={(name) => {
          change({ name });
        }}
        maxLength={200}
        required
        takesFocus
        error={isWrong('name') ? words('administration.agencies.missing.name') : null}
      />
      <TextField
        label={words('directory.agency.superior')}
        value={form.superior}
        onChange={(superior) => {
          change({ superior });
        }}
        maxLength={200}
      />
      <div className="agency-form-three">
        <TextField
          label={words('directory.agency.place')}
          value={form.place}
          onChange={(place) => {
            change({ place });
          }}
          maxLength={100}
          required
          error={isWrong('place') ? words('administration.agencies.missing.place') : null}
        />
        <TextField
          label={words('directory.agency.symbol')}
          value={form.symbol}
          onChange={(symbol) => {
            change({ symbol });
          }}
          maxLength={20}
          required
          error={isWrong('symbol') ? words('administration.agencies.missing.symbol') : null}
        />
        <Select
          label={words('directory.agency.level')}
          allowDeselect={false}
          data={levels.map((value) => ({ value, label: words(`directory.level.${value}`) }))}
          value={form.level}
          onChange={(chosen) => {
            const level = levels.find((one) => one === chosen);
            if (level !== undefined) change({ level });
          }}
        />
      </div>
      <Stack columns={2}>
        <TextField
          label={words('directory.agency.collective')}
          hint={words('administration.agencies.collective.hint')}
          placeholder={words('administration.agencies.collective.example')}
          value={form.collective}
          onChange={(collective) => {
            change({ collective });
          }}
          maxLength={200}
        />
        <TextField
          label={words('directory.agency.contact')}
          hint={words('administration.agencies.contact.hint')}
          value={form.contact}
          onChange={(contact) => {
            change({ contact });
          }}
          rows={1}
          maxLength={500}
        />
      </Stack>
      {isOwn && (
        <Stack columns={2}>
          <NumberInput
            label={words('administration.agencies.sealMm')}
            description={words('administration.agencies.sealMm.hint')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            min={20}
            max={60}
            step={0.5}
            decimalSeparator=","
            suffix=" mm"
            value={form.sealMm ?? usualSealMm}
            error={isWrong('sealMm') ? words('administration.agencies.sealMm.wrong') : null}
            onChange={(sealMm) => {
              change({ sealMm: Number(sealMm) });
            }}
          />
          <Select
            label={words('administration.agencies.leadSigns')}
            description={words('administration.agencies.leadSigns.hint')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            allowDeselect={false}
            value={form.leadSigns ?? 'right'}
            data={leadSides.map((side) => ({
              value: side,
              label: words(`administration.agencies.leadSigns.${side}`),
            }))}
            onChange={(chosen) => {
              change({ leadSigns: leadSides.find((side) => side === chosen) ?? 'right' });
            }}
          />
        </Stack>
      )}
    </>
  );
}
