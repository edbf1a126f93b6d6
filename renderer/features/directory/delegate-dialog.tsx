import { kindCodes } from '#shared/documents/public.ts';
import { ComboMany, Combo } from '../../ui/combo.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from './names.ts';
import type { DirectoryPerson } from './people-rows.ts';
import { givenAuthorities, useDelegating } from './use-delegating.ts';

type DelegateDialogProps = Readonly<{ subject: DirectoryPerson; onClose: () => void }>;

/** Records that the head gives someone the right to sign, as the paper that gives it says (NĐ 30 Đ13). */
export function DelegateDialog({ subject, onClose }: DelegateDialogProps) {
  const words = useWords();
  const delegating = useDelegating(subject, onClose);
  const { submit, busy, error } = delegating;
  return (
    <FormDialog
      title={words('directory.delegate')}
      confirm={words('directory.delegate')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <DelegateFields {...delegating} />
    </FormDialog>
  );
}

type DelegateFieldsProps = Pick<
  ReturnType<typeof useDelegating>,
  'form' | 'change' | 'missing' | 'missingEnd' | 'isAdministrator'
>;

function DelegateFields({ form, change, missing, missingEnd, isAdministrator }: DelegateFieldsProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  return (
    <>
      {isAdministrator && (
        <PersonPicker
          label={words('directory.delegate.from')}
          people={pickable(['leader'])}
          value={form.from}
          onChange={(from) => {
            change({ from });
          }}
          required
          error={missing('from')}
        />
      )}
      <PersonPicker
        label={words('directory.delegate.to')}
        people={pickable().filter(({ id }) => id !== form.from)}
        value={form.to}
        onChange={(to) => {
          change({ to });
        }}
        required
        takesFocus={form.to === null}
        error={missing('to')}
      />
      <Combo
        label={words('directory.delegate.authority')}
        choices={givenAuthorities.map((id) => ({ id, label: words(`authority.${id}`) }))}
        value={form.authority}
        onChange={(chosen) => {
          const authority = givenAuthorities.find((one) => one === chosen);
          if (authority !== undefined) change({ authority });
        }}
        required
      />
      <ComboMany
        label={words('directory.delegate.kinds')}
        choices={kindCodes.map((id) => ({ id, label: words(`kind.${id}`) }))}
        value={form.kinds}
        onChange={(kinds) => {
          change({ kinds });
        }}
        placeholder={words('directory.kinds.all')}
      />
      <Stack columns={2}>
        <DayField
          label={words('directory.delegate.fromDay')}
          lean="ahead"
          value={form.fromDay}
          onChange={(fromDay) => {
            change({ fromDay });
          }}
          required
          error={missing('fromDay')}
        />
        <DayField
          label={words('directory.delegate.toDay')}
          lean="ahead"
          value={form.toDay}
          onChange={(toDay) => {
            change({ toDay });
          }}
          required={form.authority === 'TUQ.'}
          error={missingEnd}
        />
      </Stack>
      <TextField
        label={words('directory.delegate.source')}
        placeholder={words('directory.delegate.source.example')}
        value={form.source}
        onChange={(source) => {
          change({ source });
        }}
        maxLength={100}
        required
        takesFocus={form.to !== null}
        error={missing('source')}
      />
    </>
  );
}
