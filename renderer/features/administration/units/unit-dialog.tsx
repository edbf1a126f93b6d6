import { Button, Modal } from '@mantine/core';
import type { UnitId } from '#shared/kernel/public.ts';
import { Combo } from '../../../ui/combo.tsx';
import { DayField } from '../../../ui/day-field.tsx';
import { Note, Stack } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { hasEnded, unitAndBelow, unitTree, useDirectory } from '../../directory/public.ts';
import { useUnitForm, type UnitDescribed } from './unit-form.ts';
import '../../../ui/dialogs.css';

type UnitDialogProps = Readonly<{
  described: UnitDescribed;
  onClose: () => void;
  onDone: (unitId: UnitId) => void;
}>;

/** Describes a unit: a new one, or one there is. */
export function UnitDialog(props: UnitDialogProps) {
  const words = useWords();
  const { kind } = props.described;
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words(kind === 'new' ? 'administration.units.add' : 'administration.units.edit')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <UnitFields {...props} />
    </Modal>
  );
}

function UnitFields({ described, onClose, onDone }: UnitDialogProps) {
  const words = useWords();
  const { form, change, missing, reversed, busy, error, submit } = useUnitForm(described, onDone);
  const parents = useParents(described);
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
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
      {error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words(described.kind === 'new' ? 'administration.units.add' : 'administration.save')}
        </Button>
      </div>
    </form>
  );
}

/** The units it may belong to: those at work, but neither itself nor anything below it. */
function useParents(described: UnitDescribed) {
  const { today } = useMoment();
  const { units } = useDirectory();
  const unit = described.kind === 'edit' ? described.unit : null;
  const without = unit === null ? new Set<string>() : unitAndBelow(unit.id, units);
  return unitTree(units)
    .map((place) => place.unit)
    .filter((one) => !without.has(one.id) && (!hasEnded(one, today) || one.id === unit?.parent))
    .map(({ id, name, symbol }) => ({ id, label: name, note: symbol }));
}
