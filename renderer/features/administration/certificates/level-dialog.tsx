import { Checkbox, PasswordInput, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { levelRevocationChoices, type AuthorityView } from '#shared/signing/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { authorityKey } from './use-authority.ts';
import { firstFocus } from '#renderer/ui/first-focus.ts';

type LevelDialogProps = Readonly<{ authority: AuthorityView; onClose: () => void }>;

/** The keepers open the root with their shares: a fresh issuing level, and the old one taken back where they say so. */
export function LevelDialog({ authority: { keepers }, onClose }: LevelDialogProps) {
  const words = useWords();
  const client = useQueryClient();
  const [shares, setShares] = useState<readonly string[]>(() =>
    Array.from({ length: keepers.needed }, () => ''),
  );
  const [takesBack, setTakesBack] = useState(false);
  const [reason, setReason] = useState<(typeof levelRevocationChoices)[number]>('authority-compromise');
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const renewing = useMutation({
    mutationFn: async () => {
      const revoke = takesBack ? { reason, why: why.trim() } : null;
      const commandId = newCommandId();
      accepted((await core.authority.renewLevel({ commandId, shares: [...shares], revoke })).reply);
      await client.invalidateQueries({ queryKey: authorityKey });
    },
    onSuccess: () => {
      toast({ text: words('certificates.level.done') });
      onClose();
    },
  });
  const isWhole = shares.every((share) => share.trim() !== '') && (!takesBack || why.trim() !== '');
  const submit = (): void => {
    setAsked(true);
    if (isWhole) renewing.mutate();
  };
  return (
    <FormDialog
      title={words('certificates.level.renew')}
      size="36rem"
      confirm={words('certificates.level.put')}
      danger={takesBack}
      onClose={onClose}
      busy={renewing.isPending}
      error={renewing.isError ? sentenceOf(renewing.error, words) : null}
      onSubmit={submit}
    >
      <p>{words('certificates.level.text', { needed: keepers.needed, names: keepers.names.join(', ') })}</p>
      {shares.map((share, place) => (
        <PasswordInput
          // Shares have no order and no name but their place; the others need not read along.
          key={`share ${place + 1}`}
          label={words('certificates.share.number', { number: place + 1 })}
          value={share}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setShares((before) => before.map((one, at) => (at === place ? value : one)));
            renewing.reset();
          }}
          placeholder={words('certificates.share.example')}
          maxLength={300}
          required
          autoComplete="off"
          visibilityToggleButtonProps={{
            tabIndex: 0,
            'aria-label': words('certificates.share.show', { number: place + 1 }),
          }}
          error={asked && share.trim() === '' ? words('certificates.share.missing') : null}
          {...(place === 0 ? firstFocus : {})}
        />
      ))}
      <Checkbox
        label={words('certificates.level.revoke')}
        description={words('certificates.level.revoke.help')}
        checked={takesBack}
        onChange={(event) => {
          setTakesBack(event.currentTarget.checked);
        }}
      />
      {takesBack && (
        <>
          <Select
            label={words('certificates.reason')}
            allowDeselect={false}
            data={levelRevocationChoices.map((value) => ({
              value,
              label: words(`certificates.reason.${value}`),
            }))}
            value={reason}
            onChange={(value) => {
              setReason(levelRevocationChoices.find((one) => one === value) ?? reason);
            }}
          />
          <TextField
            label={words('certificates.why')}
            value={why}
            onChange={setWhy}
            rows={2}
            maxLength={500}
            required
            error={asked && why.trim() === '' ? words('ui.reason.needed') : null}
          />
        </>
      )}
    </FormDialog>
  );
}
