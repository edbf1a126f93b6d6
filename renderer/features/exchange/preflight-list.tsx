import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Finding } from '#shared/exchange/public.ts';
import { DaySchema } from '#shared/kernel/public.ts';
import { useKnownCommands } from '../../ui/commands.tsx';
import { formatDay } from '../../ui/moments.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import type { Sending } from './use-sending.ts';

type FindingLineProps = Readonly<{ finding: Finding; sending: Sending; onClose: () => void }>;

type PreflightListProps = Readonly<{
  sending: Sending;
  /** Shuts what it stands in, before another act mends what was found. */
  onClose: () => void;
  /** Number, date and seal are on the page already; else they are looked at once they are. */
  isSealed: boolean;
}>;

/** Every check before sending: what stops it, what is to be read first, and what mends it. */
export function PreflightList({ sending, isSealed, onClose }: PreflightListProps) {
  const words = useWords();
  const { findings, looking, error } = sending;
  // The list grows above the field somebody types in, which stays in sight.
  useEffect(() => {
    document.activeElement?.scrollIntoView({ block: 'nearest' });
  }, [looking, findings.length]);
  if (sending.chosen.length === 0) return null;
  const sorted = findings.toSorted((a, b) => Number(b.stops) - Number(a.stops));
  return (
    <section className="preflight" aria-label={words('exchange.preflight')} aria-busy={looking}>
      <header>
        <strong>{words('exchange.preflight')}</strong>
        <span role="status" className="dim">
          {summaryOf(sending, words)}
        </span>
        <Button size="compact-xs" variant="subtle" onClick={sending.lookAgain}>
          {words('exchange.preflight.again')}
        </Button>
      </header>
      {error !== null && (
        <p className="preflight-failed" role="alert">
          {sentenceOf(error, words)}
        </p>
      )}
      <ul>
        {sorted.map((finding) => (
          <FindingLine
            key={`${finding.refusal.code}-${finding.peer ?? ''}-${JSON.stringify(finding.refusal.params)}`}
            finding={finding}
            sending={sending}
            onClose={onClose}
          />
        ))}
        {!looking && error === null && findings.length === 0 && (
          <li data-tone="fine">
            <IconCheck size="1rem" stroke={2} aria-hidden />
            <span>{words(isSealed ? 'exchange.preflight.fine' : 'exchange.preflight.fine.before')}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

function FindingLine({ finding, sending, onClose }: FindingLineProps) {
  const words = useWords();
  const { refusal, stops, peer } = finding;
  const Shape = stops ? IconAlertTriangle : IconInfoCircle;
  return (
    <li data-tone={stops ? 'stops' : 'warns'}>
      <Shape size="1rem" stroke={1.75} aria-hidden />
      <span>
        <span className="preflight-kind">
          {words(stops ? 'exchange.preflight.stops' : 'exchange.preflight.warns')}
        </span>{' '}
        {sentenceOf(readably(refusal), words)}
        {peer === null ? (
          <MendPage mend={finding.mend} lookAgain={sending.lookAgain} onClose={onClose} />
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              sending.mark(peer, false);
            }}
          >
            {words('exchange.preflight.leaveOut')}
          </Button>
        )}
      </span>
    </li>
  );
}

/** The act of the paper's own bar that mends what the page or the register lacks. */
const acts: Readonly<Partial<Record<Finding['mend'], string>>> = {
  'sign-again': 'act.sendBack',
  describe: 'act.sendBack',
  attach: 'act.sendBack',
  number: 'act.number',
  seal: 'act.seal',
};

type MendPageProps = Readonly<{ mend: Finding['mend']; lookAgain: () => void; onClose: () => void }>;

function MendPage({ mend, lookAgain, onClose }: MendPageProps) {
  const words = useWords();
  const known = useKnownCommands().find(({ id, whyNot }) => id === acts[mend] && (whyNot ?? null) === null);
  const [label, run] =
    mend === 'check-again'
      ? [words('exchange.preflight.again'), lookAgain]
      : [known?.label ?? null, () => afterwards(onClose, known?.run)];
  if (label === null) return null;
  return (
    <Button size="compact-xs" variant="default" onClick={run}>
      {label}
    </Button>
  );
}

/** Another dialog opens once this one has given the focus back. */
function afterwards(shut: () => void, run: (() => void) | undefined): void {
  shut();
  setTimeout(() => run?.(), 0);
}

/** Days as people read them. */
function readably({ code, params }: Finding['refusal']) {
  const told = Object.entries(params).map(([name, value]) => {
    const day = DaySchema.safeParse(value);
    return [name, day.success ? formatDay(day.data) : value] as const;
  });
  return { code, params: Object.fromEntries(told) };
}

function summaryOf({ findings, looking }: Sending, words: Words): string {
  if (looking) return words('exchange.preflight.looking');
  const stops = findings.filter((finding) => finding.stops).length;
  return words(stops > 0 ? 'exchange.preflight.stopped' : 'exchange.preflight.ready', { count: stops });
}
