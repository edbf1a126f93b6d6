import { Button, Checkbox, Modal, Progress, SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { dossierPackages, type Dossier, type DossierPackage } from '#shared/dossiers/public.ts';
import { core } from '../../app/client.ts';
import { saveExport } from '../../app/made-file.ts';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';

type PackageDialogProps = Readonly<{ dossier: Dossier; onClose: () => void }>;

/** Makes a closed file into what an archive takes (TT 05/2025/TT-BNV); closing the dialog stops it. */
export function PackageDialog({ dossier, onClose }: PackageDialogProps) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={words('dossiers.act.package')}
      closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
    >
      <PackageForm dossier={dossier} onClose={onClose} />
    </Modal>
  );
}

function PackageForm({ dossier, onClose }: PackageDialogProps) {
  const words = useWords();
  const [kind, setKind] = useState<DossierPackage>('SIP_hoso');
  const [bag, setBag] = useState(false);
  const { make, busy, percent, error } = useMaking(dossier, onClose);
  const submit = (): void => {
    if (!busy) make({ kind, bag });
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{words('dossiers.ask.package')}</p>
      <SegmentedControl
        aria-label={words('dossiers.package.kind')}
        value={kind}
        disabled={busy}
        data={dossierPackages.map((value) => ({ value, label: words(`dossiers.package.${value}`) }))}
        onChange={setKind}
      />
      <Checkbox
        size="xs"
        label={words('dossiers.package.bag')}
        checked={bag}
        disabled={busy}
        onChange={(event) => {
          setBag(event.currentTarget.checked);
        }}
      />
      {percent !== null && <Progress value={percent} size={4} aria-label={words('dossiers.package.going')} />}
      {error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('dossiers.act.package')}
        </Button>
      </div>
    </form>
  );
}

type Wanted = Readonly<{ kind: DossierPackage; bag: boolean }>;

function useMaking({ id: dossierId }: Dossier, onDone: () => void) {
  const words = useWords();
  const stopping = useRef<AbortController | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  useEffect(
    () => () => {
      stopping.current?.abort();
    },
    [],
  );
  const making = useMutation({
    mutationFn: async (wanted: Wanted) => {
      stopping.current = new AbortController();
      const { signal } = stopping.current;
      for await (const step of await core.dossiers.exportPackage({ dossierId, ...wanted }, { signal })) {
        if (step.is === 'made') await saveExport(step.made, 'application/zip');
        else setPercent((100 * step.bytes) / Math.max(1, step.ofBytes));
      }
    },
    onSuccess: () => {
      toast({ text: words('dossiers.done.package') });
      onDone();
    },
    onSettled: () => {
      setPercent(null);
    },
  });
  return {
    make: making.mutate,
    busy: making.isPending,
    percent,
    error: making.isError ? sentenceOf(making.error, words) : null,
  };
}
