import { Checkbox, PasswordInput, Select } from '@mantine/core';
import type { CertificateView } from '#shared/signing/public.ts';
import { certificateYears } from '#shared/signing/public.ts';
import { Combo } from '../../../ui/combo.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Note, Stack } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useIssuing } from './use-issuing.ts';

type IssueDialogProps = Readonly<{
  /** The certificate that is renewed; null issues a first one. */
  renewed: CertificateView | null;
  onClose: () => void;
  onIssued: (serial: string) => void;
}>;

/** Issues or renews a certificate; its owner types the PIN of the key themselves. */
export function IssueDialog({ renewed, onClose, onIssued }: IssueDialogProps) {
  const words = useWords();
  const { own, pickable, nameOf } = useDirectory();
  const { form, change, faults, busy, error, submit } = useIssuing(renewed, onIssued);
  const people = pickable().map(({ id, name, post }) => ({ id, label: name, note: post }));
  const seal = { id: 'seal', label: words('certificates.use.seal'), note: own?.name };
  const owner = form.holder === null || form.holder === 'seal' ? null : nameOf(form.holder);
  const shown = {
    visibilityToggleButtonProps: { tabIndex: 0, 'aria-label': words('certificates.pin.show') },
    autoComplete: 'new-password',
  };
  return (
    <FormDialog
      title={
        renewed === null
          ? words('certificates.issue')
          : words('certificates.renew.title', { name: renewed.name })
      }
      confirm={words(renewed === null ? 'certificates.issue.short' : 'certificates.renew')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      {renewed === null && (
        <Combo
          label={words('certificates.holder')}
          choices={[seal, ...people]}
          value={form.holder}
          onChange={(holder) => {
            change({ holder });
          }}
          required
          takesFocus
          error={faults.holder}
        />
      )}
      <Select
        label={words('certificates.years')}
        allowDeselect={false}
        data={certificateYears.map((years) => ({
          value: String(years),
          label: words('certificates.years.count', { count: years }),
        }))}
        value={String(form.years)}
        onChange={(value) => {
          change({ years: certificateYears.find((years) => String(years) === value) ?? form.years });
        }}
      />
      <Note>
        {owner === null
          ? words('certificates.pin.tell.seal')
          : words('certificates.pin.tell', { name: owner })}
      </Note>
      <Stack columns={2}>
        <PasswordInput
          {...shown}
          label={words('certificates.pin')}
          description={words('certificates.pin.rule')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={form.pin}
          error={faults.pin}
          onChange={(event) => {
            change({ pin: event.currentTarget.value });
          }}
        />
        <PasswordInput
          {...shown}
          label={words('certificates.pin.again')}
          value={form.again}
          error={faults.again}
          onChange={(event) => {
            change({ again: event.currentTarget.value });
          }}
        />
      </Stack>
      <Checkbox
        label={words('certificates.keep.here')}
        checked={form.keepHere}
        onChange={(event) => {
          change({ keepHere: event.currentTarget.checked });
        }}
      />
      <Checkbox
        label={words('certificates.keep.file')}
        checked={form.saveFile}
        error={faults.kept}
        onChange={(event) => {
          change({ saveFile: event.currentTarget.checked });
        }}
      />
    </FormDialog>
  );
}
