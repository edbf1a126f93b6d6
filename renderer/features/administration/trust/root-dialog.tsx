import { Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf } from '#shared/kernel/public.ts';
import type { TrustedAuthority } from '#shared/signing/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { Facts } from '../../../ui/facts.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Note } from '../../../ui/gate.tsx';
import { formatDay } from '../../../ui/moments.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';

type RootDialogProps = Readonly<{
  offered: Readonly<{ file: File; roots: readonly TrustedAuthority[] }>;
  onClose: () => void;
  onTrusted: () => Promise<void>;
}>;

const confirmedLetters = 8;

/** Believes an authority only after somebody read its fingerprint: the end of it is typed, never just clicked. */
export function RootDialog({ offered: { file, roots }, onClose, onTrusted }: RootDialogProps) {
  const words = useWords();
  const [chosen, setChosen] = useState(roots[0]);
  const [ends, setEnds] = useState('');
  const [asked, setAsked] = useState(false);
  const isRead = chosen?.fingerprint.slice(-confirmedLetters) === ends.trim().toLowerCase();
  const trusting = useMutation({
    mutationFn: async ({ fingerprint }: TrustedAuthority) => {
      const commandId = newCommandId();
      accepted((await core.signing.trustRoot({ commandId, file, fingerprint })).reply);
      await onTrusted();
    },
    onSuccess: (_nothing, { name }) => {
      toast({ text: words('trust.added', { name }) });
      onClose();
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (isRead && chosen !== undefined) trusting.mutate(chosen);
  };
  if (chosen === undefined) return null;
  return (
    <FormDialog
      title={words('trust.add.title')}
      size="36rem"
      confirm={words('trust.add.confirm')}
      onClose={onClose}
      busy={trusting.isPending}
      error={trusting.isError ? sentenceOf(trusting.error, words) : null}
      onSubmit={submit}
    >
      <Note>{words('trust.add.tell')}</Note>
      {roots.length > 1 && (
        <Select
          label={words('trust.add.which')}
          allowDeselect={false}
          data={roots.map(({ fingerprint, name }) => ({ value: fingerprint, label: name }))}
          value={chosen.fingerprint}
          onChange={(value) => {
            const next = roots.find(({ fingerprint }) => fingerprint === value);
            if (next !== undefined) setChosen(next);
          }}
        />
      )}
      <Facts
        facts={[
          {
            label: words('trust.add.which'),
            value: [chosen.name, chosen.organization].filter((part) => part !== null).join(' · '),
            wide: true,
          },
          {
            label: words('trust.root.fingerprint'),
            value: <span className="figures trust-fingerprint">{chosen.fingerprint}</span>,
            wide: true,
          },
          {
            label: words('signatures.validity'),
            value: `${formatDay(dayOf(chosen.validFrom))} – ${formatDay(dayOf(chosen.validTo))}`,
            wide: true,
          },
        ]}
      />
      <TextField
        label={words('trust.add.ends')}
        value={ends}
        onChange={setEnds}
        maxLength={confirmedLetters + 2}
        takesFocus
        required
        error={asked && !isRead ? words('trust.add.ends.wrong') : null}
      />
    </FormDialog>
  );
}
