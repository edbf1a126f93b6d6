import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { archiveChecks, type ArchiveCheck, type HandOver } from '#shared/dossiers/public.ts';
import type { DossierId } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { DossierAsk } from './use-dossier-ask.ts';

type GiveBackDialogProps = Readonly<{ handOver: HandOver; act: DossierAsk; onClose: () => void }>;

/** Which files go back, what of the check list is not in order with them, and what is to be mended. */
export function GiveBackDialog({ handOver, act, onClose }: GiveBackDialogProps) {
  const words = useWords();
  const waiting = handOver.files.filter(({ givenBack }) => givenBack === null);
  const [chosen, setChosen] = useState<readonly DossierId[]>(
    waiting.length === 1 ? waiting.map(({ dossier }) => dossier) : [],
  );
  const [reasons, setReasons] = useState<readonly ArchiveCheck[]>([]);
  const [said, setSaid] = useState('');
  return (
    <FormDialog
      title={words('handOvers.act.giveBack')}
      confirm={words('handOvers.act.giveBack')}
      size="lg"
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={chosen.length === 0 || reasons.length === 0}
      onSubmit={() => {
        const why = { reasons: [...reasons], words: said.trim() };
        const files = chosen.map((dossier) => ({ dossier, ...why }));
        const body = { handOverId: handOver.id, files };
        act.send({ id: 'giveBack', run: () => ask(core.handOvers.giveBack, body) });
      }}
    >
      <p>{words('handOvers.ask.giveBack')}</p>
      <Choices
        label={words('handOvers.giveBack.files')}
        all={waiting.map(({ dossier, code, title }) => ({ value: dossier, label: `${code} · ${title}` }))}
        chosen={chosen}
        onChange={setChosen}
      />
      <Choices
        label={words('handOvers.giveBack.reasons')}
        all={archiveChecks.map((value) => ({ value, label: words(`handOvers.reason.${value}`) }))}
        chosen={reasons}
        onChange={setReasons}
      />
      <TextField
        label={words('handOvers.giveBack.words')}
        value={said}
        onChange={setSaid}
        rows={3}
        maxLength={500}
      />
    </FormDialog>
  );
}

type ChoicesProps<Value extends string> = Readonly<{
  label: string;
  all: readonly Readonly<{ value: Value; label: string }>[];
  chosen: readonly Value[];
  onChange: (chosen: readonly Value[]) => void;
}>;

function Choices<Value extends string>({ label, all, chosen, onChange }: ChoicesProps<Value>) {
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {all.map((one) => (
        <Checkbox
          key={one.value}
          size="sm"
          label={one.label}
          checked={chosen.includes(one.value)}
          onChange={(event) => {
            onChange(
              event.currentTarget.checked
                ? [...chosen, one.value]
                : chosen.filter((value) => value !== one.value),
            );
          }}
        />
      ))}
    </fieldset>
  );
}
