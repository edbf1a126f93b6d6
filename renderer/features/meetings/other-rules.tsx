import { Checkbox, NumberInput } from '@mantine/core';
import {
  mostKeepDays,
  mostRemindDays,
  usualKeepDays,
  usualRemindDays,
  type BodyRules,
} from '#shared/meetings/public.ts';
import { Stack } from '../../ui/gate.tsx';
import { useWords } from '../../ui/use-words.ts';
import { DaysField } from './days-field.tsx';
import { RuleChoice } from './rule-choice.tsx';

type OtherRulesProps = Readonly<{ rules: BodyRules; onChange: (part: Partial<BodyRules>) => void }>;

/** Who stands in for whom, what silence says, and how long what is kept at a desk stays there. */
export function OtherRules({ rules, onChange }: OtherRulesProps) {
  const words = useWords();
  const { proxies } = rules;
  return (
    <>
      <Checkbox
        size="xs"
        label={words('meetings.rules.proxies.allowed')}
        checked={proxies !== null}
        onChange={(event) => {
          onChange({ proxies: event.currentTarget.checked ? { most: 1, inQuorum: false } : null });
        }}
      />
      {proxies !== null && (
        <Stack columns={2}>
          <NumberInput
            label={words('meetings.rules.proxies.most')}
            min={1}
            max={50}
            allowDecimal={false}
            value={proxies.most}
            onChange={(most) => {
              onChange({ proxies: { ...proxies, most: Number(most) } });
            }}
          />
          <Checkbox
            size="xs"
            mt="xl"
            label={words('meetings.rules.proxies.inQuorum')}
            checked={proxies.inQuorum}
            onChange={(event) => {
              onChange({ proxies: { ...proxies, inQuorum: event.currentTarget.checked } });
            }}
          />
        </Stack>
      )}
      <Checkbox
        size="xs"
        label={words('meetings.rules.substitutes.vote')}
        checked={rules.substitutesVote}
        onChange={(event) => {
          onChange({ substitutesVote: event.currentTarget.checked });
        }}
      />
      <Stack columns={2}>
        <RuleChoice
          label={words('meetings.rules.silence')}
          values={['agrees', 'abstains']}
          value={rules.silence}
          say={(one) => words(`meetings.silence.${one}`)}
          onChange={(silence) => {
            onChange({ silence });
          }}
        />
        <RuleChoice
          label={words('meetings.rules.counts')}
          values={['last', 'first']}
          value={rules.counts}
          say={(one) => words(`meetings.counts.${one}`)}
          onChange={(counts) => {
            onChange({ counts });
          }}
        />
      </Stack>
      <RuleChoice
        label={words('meetings.rules.secretBy')}
        values={['chair', 'any-member']}
        value={rules.secretBy}
        say={(one) => words(`meetings.secretBy.${one}`)}
        onChange={(secretBy) => {
          onChange({ secretBy });
        }}
      />
      <DaysField
        label={words('meetings.rules.remindDays')}
        hint={words('meetings.rules.remindDays.hint', { most: mostRemindDays })}
        most={mostRemindDays}
        value={rules.remindDays ?? usualRemindDays}
        onChange={(remindDays) => {
          onChange({ remindDays });
        }}
      />
      <DaysField
        label={words('meetings.rules.keepDays')}
        hint={words('meetings.rules.keepDays.hint', { usual: usualKeepDays, most: mostKeepDays })}
        most={mostKeepDays}
        value={rules.keepDays ?? usualKeepDays}
        onChange={(keepDays) => {
          onChange({ keepDays });
        }}
      />
    </>
  );
}
