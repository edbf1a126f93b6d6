import type { Vote } from '#shared/meetings/public.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { VotePage } from './use-sitting.ts';
import { optionsOf, sayCounts } from './vote-words.ts';

/** How a vote fills: a bar of all who vote, and the numbers beside it. */
export function VotePicture({ vote, result }: VotePage) {
  const words = useWords();
  const all = vote.electors.length;
  if (result === null) {
    const given = Object.keys(vote.tokens).length;
    return (
      <Bar
        label={words('sitting.vote.given', { count: given, all })}
        parts={[{ kind: 'given', count: given }]}
        all={all}
      />
    );
  }
  if (result.of === 'motion') {
    const { yes, no, abstain, needed, has } = result;
    const label = sayCounts(result, words);
    return (
      <>
        <Bar
          label={label}
          parts={[
            { kind: 'yes', count: yes },
            { kind: 'no', count: no },
            { kind: 'abstain', count: abstain },
          ]}
          all={all}
          needed={needed}
        />
        <p className="sitting-needed figures">{words('meetings.quorum', { needed, has })}</p>
      </>
    );
  }
  return (
    <ul className="sitting-candidates">
      {optionsOf(vote.question).map(({ id, name }) => (
        <li key={id}>
          <Bar
            label={words('sitting.vote.option', { name, count: result.votes[id] ?? 0 })}
            parts={[{ kind: 'yes', count: result.votes[id] ?? 0 }]}
            all={all}
          />
        </li>
      ))}
    </ul>
  );
}

type Part = Readonly<{ kind: 'yes' | 'no' | 'abstain' | 'given'; count: number }>;

type BarProps = Readonly<{
  label: string;
  parts: readonly Part[];
  all: Vote['all'];
  /** Where it passes. */
  needed?: number;
}>;

function Bar({ label, parts, all, needed }: BarProps) {
  return (
    <div className="sitting-bar">
      <svg viewBox={`0 0 ${Math.max(1, all)} 1`} preserveAspectRatio="none" aria-hidden>
        {parts.map(({ kind, count }, place) => (
          <rect
            key={kind}
            data-kind={kind}
            x={parts.slice(0, place).reduce((sum, before) => sum + before.count, 0)}
            width={count}
            height={1}
          />
        ))}
        {needed !== undefined && needed <= all && <line x1={needed} x2={needed} y1={0} y2={1} />}
      </svg>
      <span className="figures">{label}</span>
    </div>
  );
}
