import { Button, Modal, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf } from '#shared/kernel/public.ts';
import type { TrustedAuthority } from '#shared/signing/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { formatDay } from '../../../ui/moments.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import '../../../ui/dialogs.css';

type RootDialogProps = Readonly<{
  offered: Readonly<{ file: File; roots: readonly TrustedAuthority[] }>;
  onClose: () => void;
  onTrusted: () => Promise<void>;
}>;

/** Believes an authority only after somebody read its fingerprint: the end of it is typed, never just clicked. */
export function RootDialog({ offered, onClose, onTrusted }: RootDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      size="36rem"
      title={words('trust.add.title')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <RootForm offered={offered} onClose={onClose} onTrusted={onTrusted} />
    </Modal>
  );
}

const confirmedLetters = 8;

function RootForm({ offered: { file, roots }, onClose, onTrusted }: RootDialogProps) {
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
    if (isRead && chosen !== undefined && !trusting.isPending) trusting.mutate(chosen);
  };
  useControlEnter(submit);
  if (chosen === undefined) return null;
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
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
      {trusting.isError && <Note tone="danger">{sentenceOf(trusting.error, words)}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={trusting.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('trust.add.confirm')}
        </Button>
      </div>
    </form>
  );
}
