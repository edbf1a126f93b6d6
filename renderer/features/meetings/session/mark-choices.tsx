import { Checkbox } from '@mantine/core';
import type { Vote } from '#shared/meetings/public.ts';
import { Stack } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';

type MarkChoicesProps = Readonly<{
  question: Extract<Vote['question'], { is: 'choice' }>;
  marks: readonly string[];
  onMarks: (marks: readonly string[]) => void;
}>;

/** As many options or candidates as a ballot may mark. */
export function MarkChoices({ question, marks, onMarks }: MarkChoicesProps) {
  const words = useWords();
  return (
    <Checkbox.Group
      label={words('sitting.vote.most', { count: question.most })}
      value={[...marks]}
      onChange={onMarks}
    >
      <Stack>
        {question.options.map(({ id, name }) => (
          <Checkbox
            key={id}
            value={id}
            label={name}
            disabled={!marks.includes(id) && marks.length >= question.most}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
