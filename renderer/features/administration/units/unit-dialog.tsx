import type { UnitId } from '#shared/kernel/public.ts';
import { Combo } from '../../../ui/combo.tsx';
import { DayField } from '../../../ui/day-field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Stack } from '../../../ui/gate.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useUnitChoices } from '../use-unit-choices.ts';
import { useUnitForm, type UnitDescribed } from './unit-form.ts';

type UnitDialogProps = Readonly<{
  described: UnitDescribed;
  onClose: () => void;
  onDone: (unitId: UnitId) => void;
}>;

/** Describes a unit: a new one, or one there is. */
export function UnitDialog({ described, onClose, onDone }: UnitDialogProps) {
  const words = useWords();
  const { form, change, missing, reversed, busy, error, submit } = useUnitForm(described, onDone);
  const unit = described.kind === 'edit' ? described.unit : null;
  const isNew = unit === null;
  // Neither itself nor anything below it.
  const parents = useUnitChoices(unit?.parent ?? null, unit?.id ?? null);
  return (
    <FormDialog
      title={words(isNew ? 'administration.units.add' : 'administration.units.edit')}
      confirm={words(isNew ? 'administration.units.add' : 'administration.save')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <TextField
        label={words('administration.units.name')}
        value={form.name}
        onChange={(name) => {
          change({ name });
        }}
        maxLength={200}
        required
        takesFocus
        error={missing('name')}
      />
      <TextField
        label={words('directory.unit.symbol')}
        hint={words('administration.units.symbol.hint')}
        value={form.symbol}
        onChange={(symbol) => {
          change({ symbol });
        }}
        maxLength={20}
        required
        error={missing('symbol')}
      />
      <Combo
        label={words('directory.unit.parent')}
        choices={parents}
        value={form.parent}
        onChange={(chosen) => {
          change({ parent: parents.find(({ id }) => id === chosen)?.id ?? null });
        }}
        placeholder={words('directory.unit.top')}
      />
      <Stack columns={2}>
        <DayField
          label={words('administration.units.validFrom')}
          lean="behind"
          value={form.validFrom}
          onChange={(validFrom) => {
            change({ validFrom });
          }}
          required
          error={missing('validFrom')}
        />
        <DayField
          label={words('administration.units.validTo')}
          lean="ahead"
          value={form.validTo}
          onChange={(validTo) => {
            change({ validTo });
          }}
          error={reversed}
        />
      </Stack>
    </FormDialog>
  );
}
