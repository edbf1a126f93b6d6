import { Checkbox, NumberInput, Radio, Select } from '@mantine/core';
import { useState } from 'react';
import { PersonIdSchema, VoteIdSchema } from '#shared/kernel/public.ts';
import {
  voteForms,
  votersOf,
  type AgendaItem,
  type Meeting,
  type VoteQuestion,
} from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Stack } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type OpenVoteDialogProps = Readonly<{ meeting: Meeting; item: AgendaItem; onClose: () => void }>;

/** What is asked, how it is answered and by which rule; who votes is frozen when it opens. */
export function OpenVoteDialog({ meeting, item, onClose }: OpenVoteDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const act = useSittingAsk(onClose);
  const [voteId] = useState(() => VoteIdSchema.parse(newId()));
  const [asks, setAsks] = useState<VoteQuestion['is']>('motion');
  const [said, setSaid] = useState(item.title);
  const [lines, setLines] = useState('');
  const [seats, setSeats] = useState(1);
  const [form, setForm] = useState<(typeof voteForms)[number]>('open');
  const [special, setSpecial] = useState<string | null>(null);
  const [askedBy, setAskedBy] = useState<string | null>(null);
  const [decides, setDecides] = useState(true);
  const [asked, setAsked] = useState(false);
  const names = lines.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const isShort = asks === 'choice' && names.length < 2;
  const offered = meeting.rules?.special ?? [];
  const question: VoteQuestion =
    asks === 'motion'
      ? { is: 'motion', words: said.trim() }
      : {
          is: 'choice',
          words: said.trim(),
          options: names.map((name, place) => ({ id: `o${place + 1}`, name })),
          seats,
          most: seats,
        };
  const isAskable = form === 'secret' && meeting.rules?.secretBy === 'any-member';
  return (
    <FormDialog
      title={words('command.meetings.openVote')}
      confirm={words('command.meetings.openVote')}
      size="lg"
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (said.trim() === '' || isShort) return;
        const by = isAskable && askedBy !== null ? PersonIdSchema.parse(askedBy) : null;
        const about = { voteId, meetingId: meeting.id, itemId: item.id };
        const body = { ...about, question, form, askedBy: by, special, until: null, decides };
        act.send(() => ask(core.meetings.openVote, body));
      }}
    >
      <Radio.Group
        label={words('sitting.open.what')}
        value={asks}
        onChange={(value) => {
          setAsks(value === 'choice' ? 'choice' : 'motion');
        }}
      >
        <Stack>
          <Radio value="motion" label={words('sitting.open.motion')} />
          <Radio value="choice" label={words('sitting.open.choice')} />
        </Stack>
      </Radio.Group>
      <TextField
        label={words('sitting.open.words')}
        value={said}
        onChange={setSaid}
        rows={2}
        required
        maxLength={1000}
        takesFocus
        error={asked && said.trim() === '' ? words('sitting.open.words.needed') : null}
      />
      {asks === 'choice' && (
        <>
          <TextField
            label={words('sitting.open.options')}
            hint={words('sitting.open.options.hint')}
            value={lines}
            onChange={setLines}
            rows={4}
            required
            error={asked && isShort ? words('sitting.open.options.needed') : null}
          />
          <NumberInput
            label={words('sitting.open.seats')}
            value={seats}
            min={1}
            max={100}
            allowDecimal={false}
            onChange={(value) => {
              setSeats(Math.max(1, Math.min(100, Number(value) || 1)));
            }}
          />
        </>
      )}
      <Radio.Group
        label={words('sitting.open.form')}
        value={form}
        onChange={(value) => {
          setForm(voteForms.find((one) => one === value) ?? 'open');
        }}
      >
        <Stack>
          {voteForms.map((one) => (
            <Radio key={one} value={one} label={words(`sitting.form.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {isAskable && (
        <Select
          label={words('sitting.open.asked-by')}
          data={votersOf(meeting).map((id) => ({ value: id, label: nameOf(id) }))}
          value={askedBy}
          onChange={setAskedBy}
          searchable
          clearable
        />
      )}
      {offered.length > 0 && (
        <Select
          label={words('sitting.open.rule')}
          placeholder={words('sitting.open.rule.usual')}
          data={offered.map(({ id, name }) => ({ value: id, label: name }))}
          value={special}
          onChange={setSpecial}
          clearable
        />
      )}
      <Checkbox
        label={words('sitting.open.decides')}
        checked={decides}
        onChange={(event) => {
          setDecides(event.currentTarget.checked);
        }}
      />
    </FormDialog>
  );
}
