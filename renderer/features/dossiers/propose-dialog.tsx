import { Select } from '@mantine/core';
import { useState } from 'react';
import { disposalVerdicts, type DueFile } from '#shared/dossiers/public.ts';
import { DisposalIdSchema } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { retentionChoices, retentionFrom } from './retention-words.ts';
import { useDossierAsk } from './use-dossier-ask.ts';

type Verdict = (typeof disposalVerdicts)[number];
type Line = Readonly<{ verdict: Verdict; term: string | null; reason: string }>;
type ProposeDialogProps = Readonly<{ files: readonly DueFile[]; onClose: () => void; onDone: () => void }>;

/** Puts files on a list: for each what should become of it, and why. */
export function ProposeDialog({ files, onClose, onDone }: ProposeDialogProps) {
  const words = useWords();
  const [id] = useState(() => DisposalIdSchema.parse(newId()));
  const [lines, setLines] = useState<Readonly<Record<string, Line>>>({});
  const act = useDossierAsk(onDone);
  const first: Line = { verdict: 'destroy', term: null, reason: words('disposals.reason.first') };
  const lineOf = (file: DueFile): Line => lines[file.id] ?? first;
  const change = (file: DueFile, more: Partial<Line>): void => {
    setLines((known) => ({ ...known, [file.id]: { ...first, ...known[file.id], ...more } }));
  };
  const isMissing = files.some((file) => {
    const { verdict, term, reason } = lineOf(file);
    return reason.trim() === '' || (verdict === 'longer' && term === null);
  });
  return (
    <FormDialog
      title={words('disposals.propose')}
      confirm={words('disposals.propose')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={isMissing}
      size="lg"
      onSubmit={() => {
        const items = files.map((file) => {
          const { verdict, term, reason } = lineOf(file);
          const newRetention = verdict === 'longer' ? retentionFrom(term) : null;
          return { dossier: file.id, verdict, newRetention, reason };
        });
        act.send({ id: 'propose', run: () => ask(core.disposals.propose, { disposalId: id, items }) });
      }}
    >
      {files.map((file) => {
        const { verdict, term, reason } = lineOf(file);
        return (
          <fieldset key={file.id} className="keeping-line">
            <legend>{`${file.code} · ${file.title}`}</legend>
            <Stack columns={2}>
              <Select
                label={words('disposals.print.column.verdict')}
                allowDeselect={false}
                value={verdict}
                data={disposalVerdicts.map((one) => ({
                  value: one,
                  label: words(`disposals.verdict.${one}`),
                }))}
                onChange={(value) => {
                  const next = disposalVerdicts.find((one) => one === value);
                  if (next !== undefined) change(file, { verdict: next });
                }}
              />
              {verdict === 'longer' && (
                <Select
                  label={words('disposals.newTerm')}
                  required
                  value={term}
                  data={retentionChoices(words).filter(({ value }) => value !== 'permanent')}
                  onChange={(value) => {
                    change(file, { term: value });
                  }}
                />
              )}
            </Stack>
            <TextField
              label={words('disposals.print.column.reason')}
              value={reason}
              onChange={(value) => {
                change(file, { reason: value });
              }}
              required
              maxLength={500}
            />
          </fieldset>
        );
      })}
    </FormDialog>
  );
}
