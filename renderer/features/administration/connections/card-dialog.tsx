import { Checkbox, NumberInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { kindCodes } from '#shared/documents/public.ts';
import { accessLevels, type CapabilityCard } from '#shared/exchange/public.ts';
import { ask, core } from '../../../app/client.ts';
import { ComboMany } from '../../../ui/combo.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { cardFrom, formOf, type CardForm } from './card-form.ts';
import { connectionsKey } from './connections-key.ts';

type CardDialogProps = Readonly<{ card: CapabilityCard; onClose: () => void }>;

/** Changes what the agency takes over the network. */
export function CardDialog({ card, onClose }: CardDialogProps) {
  const words = useWords();
  const client = useQueryClient();
  const [form, setForm] = useState<CardForm>(() => formOf(card));
  const [asked, setAsked] = useState(false);
  const made = cardFrom(form);
  const changing = useMutation({
    mutationFn: (changed: CapabilityCard) => ask(core.exchange.changeCard, { card: changed }),
    onSuccess: async ({ waits }) => {
      toast({ text: words(waits === true ? 'connections.card.waits' : 'connections.card.changed') });
      await client.invalidateQueries({ queryKey: connectionsKey });
      onClose();
    },
  });
  const submit = (): void => {
    setAsked(true);
    if (made.card !== null) changing.mutate(made.card);
  };
  const change = (part: Partial<CardForm>): void => {
    setForm((before) => ({ ...before, ...part }));
    changing.reset();
  };
  const fault = (field: keyof CardForm): string | null =>
    asked && made.wrong.includes(field) ? words(`connections.card.${field}.wrong`) : null;
  return (
    <FormDialog
      title={words('connections.card.change')}
      size="36rem"
      confirm={words('administration.save')}
      onClose={onClose}
      busy={changing.isPending}
      error={changing.isError ? sentenceOf(changing.error, words) : null}
      onSubmit={submit}
    >
      <ComboMany
        label={words('connections.card.kinds')}
        choices={kindCodes.map((id) => ({ id, label: words(`kind.${id}`) }))}
        value={form.kinds}
        onChange={(kinds) => {
          change({ kinds });
        }}
        placeholder={words('connections.kinds.all')}
      />
      <TextField
        label={words('connections.card.formats')}
        hint={words('connections.card.formats.hint')}
        value={form.formats}
        onChange={(formats) => {
          change({ formats });
        }}
        maxLength={300}
        error={fault('formats')}
      />
      <Checkbox.Group
        label={words('connections.card.levels')}
        value={[...form.levels]}
        onChange={(chosen) => {
          change({ levels: accessLevels.filter((level) => chosen.includes(level)) });
        }}
        error={fault('levels')}
      >
        {accessLevels.map((level) => (
          <Checkbox key={level} value={level} mt="0.375rem" label={words(`connections.level.${level}`)} />
        ))}
      </Checkbox.Group>
      <NumberInput
        label={words('connections.card.size')}
        suffix=" MB"
        w="10rem"
        min={1}
        max={2000}
        allowDecimal={false}
        value={form.size}
        onChange={(size) => {
          change({ size: Number(size) });
        }}
        error={fault('size')}
      />
    </FormDialog>
  );
}
