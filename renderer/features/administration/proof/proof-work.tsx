import { Progress } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { Agency } from '#shared/directory/public.ts';
import type { ProofFault, ProofRound, ProofStanding } from '#shared/signing/public.ts';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Note } from '../../../ui/gate.tsx';
import { ListFailed, ListLoading } from '../../../ui/list-states.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { Words } from '../../../ui/words.ts';
import { useProving } from './use-proving.ts';

/** How many sealed files stand where, what is owed, and the round that sees to it. */
export function ProofWork({ agency }: Readonly<{ agency: Agency }>) {
  const words = useWords();
  const { standing, begin, stop, error } = useProving();
  if (standing.isError) {
    return <ListFailed error={standing.error} retry={() => void standing.refetch()} />;
  }
  if (standing.data === undefined) return <ListLoading label={words('proof.work')} />;
  const { round, owed, due } = standing.data;
  const isOn = agency.proof !== null && agency.proof.level !== 'B-B';
  const nothing = owed === 0 && due === 0;
  return (
    <section aria-labelledby="proof-work" className="proof-work">
      <h2 id="proof-work">{words('proof.work')}</h2>
      <Counts standing={standing.data} />
      <ActionBar
        label={words('proof.work')}
        actions={
          round.state === 'idle'
            ? [
                {
                  id: 'proof.begin',
                  label: words('proof.begin'),
                  icon: IconPlayerPlay,
                  whyNot:
                    isOn && !nothing ? null : { reason: words(isOn ? 'proof.nothing' : 'proof.noService') },
                  run: begin,
                },
              ]
            : [
                {
                  id: 'proof.stop',
                  label: words('proof.stop'),
                  icon: IconPlayerStop,
                  busy: round.state === 'stopping',
                  run: stop,
                },
              ]
        }
      />
      {error !== null && <Note tone="danger">{error}</Note>}
      <Round round={round} />
      <Failing failing={standing.data.failing} />
    </section>
  );
}

function Counts({ standing: { levels, owed, due } }: Readonly<{ standing: ProofStanding }>) {
  const words = useWords();
  const all = levels.reduce((sum, { files }) => sum + files, 0);
  const each = levels
    .filter(({ files }) => files > 0)
    .map(({ level, files }) => words('proof.count', { level, count: files }))
    .join(' · ');
  return (
    <Facts
      facts={[
        {
          label: words('proof.files'),
          value: all === 0 ? words('proof.files.none') : words('proof.files.all', { count: all, each }),
          wide: true,
        },
        { label: words('proof.owed'), value: owed },
        { label: words('proof.due'), value: due },
      ]}
    />
  );
}

function Round({ round }: Readonly<{ round: ProofRound }>) {
  const words = useWords();
  const { state, done, failed, total, fault, againAt, endedAt } = round;
  if (state === 'idle' && endedAt === null) return null;
  const looked = done + failed;
  return (
    <div className="proof-round">
      <p className="figures" role="status">
        {words(state === 'idle' ? 'proof.round.ended' : 'proof.round.running', { looked, total })}
        {failed > 0 && <> · {words('proof.round.failed', { count: failed })}</>}
        {state === 'idle' && endedAt !== null && (
          <span className="dim">
            {' '}
            · <RelativeTime at={endedAt} />
          </span>
        )}
      </p>
      {state !== 'idle' && (
        <Progress
          size="sm"
          value={total === 0 ? 100 : (looked / total) * 100}
          aria-label={words('proof.work')}
        />
      )}
      {fault !== null && (
        <Note tone="soon">
          <p>{faultSentence(fault, words)}</p>
          {againAt !== null && (
            <p>
              {words('proof.again')} <RelativeTime at={againAt} />
            </p>
          )}
        </Note>
      )}
    </div>
  );
}

function Failing({ failing: { total, files } }: Pick<ProofStanding, 'failing'>) {
  const words = useWords();
  if (total === 0) return null;
  return (
    <>
      <h3>{words('proof.failing', { count: total })}</h3>
      <ul className="proof-failing">
        {files.map(({ document, of, notation, level, nextAt, why }) => (
          <li key={`${document} ${of}`}>
            <strong className="figures">{notation}</strong>
            <span className="dim figures">
              {words('proof.failing.level', { level })} · {words('proof.again')} <RelativeTime at={nextAt} />
            </span>
            <span>{faultSentence(why, words)}</span>
          </li>
        ))}
      </ul>
      {files.length < total && (
        <p className="dim">{words('proof.failing.more', { count: total - files.length })}</p>
      )}
    </>
  );
}

function faultSentence(fault: ProofFault, words: Words): string {
  const reasons = [...new Set(fault.reasons)].map((reason) => {
    const key = `reason.${reason}`;
    const said = words(key);
    return said === key ? reason : said;
  });
  return [sentenceOf(fault, words), ...reasons].join(' ');
}
