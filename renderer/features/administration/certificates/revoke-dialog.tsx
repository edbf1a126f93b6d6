import { Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { instantFrom, type Day, type Instant } from '#shared/kernel/public.ts';
import { revocationChoices, type CertificateView } from '#shared/signing/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { DayField } from '../../../ui/day-field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { authorityKey } from './use-authority.ts';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type RevokeDialogProps = Readonly<{ certificate: CertificateView; onClose: () => void }>;

/** Takes a certificate back: why, and from which day it counts for nothing. */
export function RevokeDialog({ certificate, onClose }: RevokeDialogProps) {
  const words = useWords();
  const client = useQueryClient();
  const { today } = useMoment();
  const [reason, setReason] = useState<(typeof revocationChoices)[number]>('key-compromise');
  const [day, setDay] = useState<Day | null>(today);
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const revoking = useMutation({
    mutationFn: async () => {
      const since = day === null || day === today ? null : beginningOf(day, certificate.validFrom);
      const { serial } = certificate;
      const said = { commandId: newCommandId(), serial, since, reason, why: why.trim() };
      accepted((await core.authority.revoke(said)).reply);
      await client.invalidateQueries({ queryKey: authorityKey });
    },
    onSuccess: () => {
      toast({ text: words('certificates.revoke.done', { name: certificate.name }) });
      onClose();
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (why.trim() !== '' && day !== null) revoking.mutate();
  };
  return (
    <FormDialog
      title={words('certificates.revoke.title', { name: certificate.name })}
      confirm={words('certificates.revoke')}
      danger
      onClose={onClose}
      busy={revoking.isPending}
      error={revoking.isError ? sentenceOf(revoking.error, words) : null}
      onSubmit={submit}
    >
      <p>{words('certificates.revoke.text')}</p>
      <Select
        label={words('certificates.reason')}
        allowDeselect={false}
        data={revocationChoices.map((value) => ({ value, label: words(`certificates.reason.${value}`) }))}
        value={reason}
        onChange={(value) => {
          setReason(revocationChoices.find((one) => one === value) ?? 'unspecified');
        }}
        {...firstFocus}
      />
      <DayField
        label={words('certificates.since')}
        lean="behind"
        value={day}
        onChange={setDay}
        required
        error={asked && day === null ? words('certificates.since.missing') : null}
      />
      <TextField
        label={words('certificates.why')}
        value={why}
        onChange={setWhy}
        rows={3}
        maxLength={500}
        required
        error={asked && why.trim() === '' ? words('ui.reason.needed') : null}
      />
    </FormDialog>
  );
}

/** The first moment of a day in Vietnam, or the certificate's own beginning where that came later. */
function beginningOf(day: Day, validFrom: Instant): Instant {
  const first = instantFrom(Date.parse(`${day}T00:00:00+07:00`));
  return first < validFrom ? validFrom : first;
}
