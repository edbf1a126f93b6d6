import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { MeetingBodyIdSchema, type MeetingBodyId } from '#shared/kernel/public.ts';
import {
  BodyRulesSchema,
  bases,
  twoThirds,
  usualRules,
  type Body,
  type BodyRules,
  type ResultRule,
} from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { OtherRules } from './other-rules.tsx';
import { RuleChoice } from './rule-choice.tsx';
import { ShareField } from './share-field.tsx';
import { useMeetingAsk } from './use-meeting-ask.ts';

type BodyDialogProps = Readonly<{
  body: Body | null;
  onClose: () => void;
  onDone: (id: MeetingBodyId) => void;
}>;

/** Founds a body or writes its rules anew: quorum, majorities, substitutes, silence. */
export function BodyDialog({ body, onClose, onDone }: BodyDialogProps) {
  const words = useWords();
  const [bodyId] = useState(() => body?.id ?? MeetingBodyIdSchema.parse(newId()));
  const [name, setName] = useState(body?.name ?? '');
  const [rules, setRules] = useState<BodyRules>(body?.rules ?? usualRules);
  const act = useMeetingAsk(() => {
    onDone(bodyId);
  });
  const set = (part: Partial<BodyRules>): void => {
    setRules({ ...rules, ...part });
  };
  const read = BodyRulesSchema.safeParse(rules);
  return (
    <FormDialog
      title={words(body === null ? 'meetings.bodies.new' : 'meetings.bodies.rules.edit')}
      confirm={words('meetings.save')}
      onClose={onClose}
      size="lg"
      busy={act.busy}
      error={act.error ?? (read.success ? null : words('meetings.rules.unclear'))}
      blocked={name.trim() === '' || !read.success}
      onSubmit={() => {
        if (!read.success) return;
        act.send(
          () => ask(core.meetings.setUpBody, { bodyId, name, rules: read.data }),
          words('meetings.bodies.saved'),
        );
      }}
    >
      <TextField
        label={words('meetings.bodies.name')}
        value={name}
        onChange={setName}
        required
        takesFocus
        maxLength={200}
      />
      <ShareField
        label={words('meetings.rules.quorum')}
        value={rules.quorum}
        onChange={(quorum) => {
          set({ quorum });
        }}
      />
      <ResultFields
        label={words('meetings.rules.result')}
        rule={rules.result}
        onChange={(result) => {
          set({ result });
        }}
      />
      <SpecialRules
        special={rules.special}
        onChange={(special) => {
          set({ special: [...special] });
        }}
      />
      <OtherRules rules={rules} onChange={set} />
    </FormDialog>
  );
}

type ResultFieldsProps = Readonly<{
  label: string;
  rule: ResultRule;
  onChange: (rule: ResultRule) => void;
}>;

function ResultFields({ label, rule, onChange }: ResultFieldsProps) {
  const words = useWords();
  return (
    <>
      <ShareField
        label={label}
        value={rule.share}
        onChange={(share) => {
          onChange({ ...rule, share });
        }}
      />
      <Stack columns={2}>
        <RuleChoice
          label={words('meetings.rules.base')}
          values={bases}
          value={rule.base}
          say={(one) => words(`meetings.base.${one}`)}
          onChange={(base) => {
            onChange({ ...rule, base });
          }}
        />
        <RuleChoice
          label={words('meetings.rules.tie')}
          values={['chair', 'rejected']}
          value={rule.tie}
          say={(one) => words(`meetings.tie.${one}`)}
          onChange={(tie) => {
            onChange({ ...rule, tie });
          }}
        />
      </Stack>
    </>
  );
}

type SpecialRulesProps = Readonly<{
  special: BodyRules['special'];
  onChange: (special: BodyRules['special']) => void;
}>;

/** Rules for some questions only, each under a name that whoever opens a vote chooses it by. */
function SpecialRules({ special, onChange }: SpecialRulesProps) {
  const words = useWords();
  const change = (id: string, part: Partial<BodyRules['special'][number]>): void => {
    onChange(special.map((one) => (one.id === id ? { ...one, ...part } : one)));
  };
  return (
    <>
      {special.map(({ id, name, rule }) => (
        <fieldset key={id} className="special-rule">
          <TextField
            label={words('meetings.rules.special.name')}
            value={name}
            onChange={(text) => {
              change(id, { name: text });
            }}
            required
            maxLength={100}
          />
          <ResultFields
            label={words('meetings.rules.result')}
            rule={rule}
            onChange={(next) => {
              change(id, { rule: next });
            }}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconTrash size="0.875rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              onChange(special.filter((one) => one.id !== id));
            }}
          >
            {words('meetings.rules.special.drop')}
          </Button>
        </fieldset>
      ))}
      <div>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size="0.875rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            const rule: ResultRule = { base: 'all', share: twoThirds, tie: 'rejected' };
            onChange([...special, { id: newId().slice(-12), name: '', rule }]);
          }}
        >
          {words('meetings.rules.special.add')}
        </Button>
      </div>
    </>
  );
}
