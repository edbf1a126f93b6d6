import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Dossier } from '#shared/dossiers/public.ts';
import { PaperIdSchema, ProposalIdSchema, type ProposalId } from '#shared/kernel/public.ts';
import { ProposalFieldsSchema, purposes, type Body, type Proposal } from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { Combo, ComboMany } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDossier, useDossierChoices, withChosen } from './use-dossiers.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

/** The file that a proposal is raised from. */
export type ProposedDossier = Pick<Dossier, 'id' | 'title' | 'code'>;

type ProposeDialogProps = Readonly<{
  bodies: readonly Body[];
  /** One that was returned and is sent again. */
  before: Proposal | null;
  /** The file on whose page it is proposed. */
  from?: ProposedDossier;
  onClose: () => void;
  onDone: (id: ProposalId) => void;
}>;

type Form = Readonly<{
  bodyId: string | null;
  title: string;
  said: string;
  purpose: Proposal['purpose'];
  minutes: string;
  dossier: string | null;
  papers: readonly string[];
}>;

/** Asks a body to take something up, with papers out of the file it comes from. */
export function ProposeDialog({ bodies, before, from, onClose, onDone }: ProposeDialogProps) {
  const words = useWords();
  const [proposalId] = useState(() => before?.id ?? ProposalIdSchema.parse(newId()));
  const [form, setForm] = useState(() => formOf(before, bodies, from ?? null));
  const { bodyId, title, said, purpose, minutes, dossier, papers } = form;
  const set = (part: Partial<Form>): void => {
    setForm({ ...form, ...part });
  };
  const dossiers = useDossierChoices();
  const inside = useDossier(dossier);
  const documents = inside?.items.flatMap(({ document }) => document ?? []) ?? [];
  const act = useMeetingAsk(() => {
    onDone(proposalId);
  });
  const body = bodies.find(({ id }) => id === bodyId) ?? null;
  const fields = ProposalFieldsSchema.safeParse({
    title,
    words: said,
    purpose,
    minutes: Number(minutes),
    dossier,
  });
  return (
    <FormDialog
      title={words('meetings.propose')}
      confirm={words('meetings.propose.send')}
      onClose={onClose}
      size="lg"
      busy={act.busy}
      error={act.error}
      blocked={body === null || !fields.success}
      onSubmit={() => {
        if (body === null || !fields.success) return;
        const chosen = documents.filter(({ id }) => papers.includes(id));
        const sent = {
          proposalId,
          bodyId: body.id,
          fields: fields.data,
          papers: chosen.map(({ id }) => ({ id: PaperIdSchema.parse(newId()), document: id })),
        };
        act.send(() => ask(core.meetings.propose, sent), words('meetings.proposed'));
      }}
    >
      <Combo
        label={words('meetings.body')}
        choices={bodies.map(({ id, name }) => ({ id, label: name }))}
        value={bodyId}
        onChange={(id) => {
          set({ bodyId: id });
        }}
        required
        error={bodies.length === 0 ? words('meetings.propose.noBody') : null}
      />
      <TextField
        label={words('meetings.item.title')}
        value={title}
        onChange={(text) => {
          set({ title: text });
        }}
        required
        takesFocus
        maxLength={500}
      />
      <TextField
        label={words('meetings.propose.words')}
        value={said}
        onChange={(text) => {
          set({ said: text });
        }}
        rows={3}
        maxLength={2000}
      />
      <SegmentedControl
        aria-label={words('meetings.purpose')}
        value={purpose}
        onChange={(value) => {
          set({ purpose: purposes.find((one) => one === value) ?? 'decide' });
        }}
        data={purposes.map((one) => ({ value: one, label: words(`meetings.purpose.${one}`) }))}
      />
      <Stack columns={2}>
        <TextField
          label={words('meetings.item.minutes')}
          value={minutes}
          onChange={(text) => {
            set({ minutes: text });
          }}
          required
          maxLength={4}
        />
        <Combo
          label={words('meetings.propose.dossier')}
          choices={withChosen(dossiers.choices, inside?.dossier ?? null)}
          value={dossier}
          onSeek={dossiers.seek}
          onChange={(id) => {
            set({ dossier: id, papers: [] });
          }}
        />
      </Stack>
      {dossier !== null && (
        <ComboMany
          label={words('meetings.propose.papers')}
          choices={documents.map(({ id, notation, subject }) => ({ id, label: subject, note: notation }))}
          value={papers}
          onChange={(chosen) => {
            set({ papers: chosen });
          }}
          hint={words('meetings.propose.papers.hint')}
        />
      )}
    </FormDialog>
  );
}

function formOf(before: Proposal | null, bodies: readonly Body[], from: ProposedDossier | null): Form {
  if (before === null) {
    const empty = {
      title: from?.title ?? '',
      said: '',
      purpose: 'decide',
      minutes: '20',
      dossier: from?.id ?? null,
      papers: [],
    } as const;
    return { ...empty, bodyId: bodies[0]?.id ?? null };
  }
  const { body, title, words, purpose, minutes, dossier, papers } = before;
  return {
    bodyId: body,
    title,
    said: words,
    purpose,
    minutes: String(minutes),
    dossier,
    papers: papers.map(({ document }) => document),
  };
}
