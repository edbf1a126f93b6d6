import { Button, Table } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconPrinter } from '@tabler/icons-react';
import type { Disposal, DisposalPrint } from '#shared/dossiers/public.ts';
import { core } from '../../app/client.ts';
import { saveExport } from '../../app/made-file.ts';
import { StateMark } from '../../ui/marks.tsx';
import { formatDay } from '../../ui/moments.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { sayRetention } from './retention-words.ts';

export const disposalSteps = ['appraise', 'approve', 'carryOut', 'dismiss'] as const;
export type DisposalStep = (typeof disposalSteps)[number];

type Cards = Readonly<{ disposal: Disposal; onStep: (step: DisposalStep) => void }>;

/** One list: where it stands, what is on it, and what this person does next. */
export function DisposalCard({ disposal, onStep }: Cards) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { id, state, items, proposed, appraisal, decision, minutes, dismissed } = disposal;
  const tone = state === 'carried-out' || state === 'dismissed' ? 'plain' : 'action';
  return (
    <article className="disposal" aria-labelledby={id}>
      <h3 id={id}>
        {words('disposals.count', { count: items.length })}{' '}
        <StateMark label={words(`state.disposal.${state}`)} tone={tone} />
      </h3>
      <p className="dim">
        {words('disposals.said.proposed', { name: nameOf(proposed.by) })} <RelativeTime at={proposed.at} />
      </p>
      {appraisal !== null && (
        <p>{words('disposals.said.appraised', { words: appraisal.words, reference: appraisal.reference })}</p>
      )}
      {decision !== null && (
        <p>
          {words('disposals.said.approved', {
            number: decision.number,
            day: formatDay(decision.on),
            name: nameOf(decision.by),
          })}
        </p>
      )}
      {minutes !== null && (
        <p>
          {words('disposals.said.carriedOut', {
            destroyed: minutes.destroyed,
            kept: minutes.kept,
            place: minutes.place,
            witnesses: minutes.witnesses.join(', '),
          })}
        </p>
      )}
      {dismissed !== null && <p>{words('disposals.said.dismissed', { reason: dismissed.reason })}</p>}
      <Items disposal={disposal} />
      <Acts disposal={disposal} onStep={onStep} />
    </article>
  );
}

function Items({ disposal: { items } }: Readonly<{ disposal: Disposal }>) {
  const words = useWords();
  return (
    <Table aria-label={words('disposals.print.list')}>
      <Table.Tbody>
        {items.map(({ dossier, code, title, verdict, newRetention, reason }) => (
          <Table.Tr key={dossier}>
            <Table.Td w="8rem">{code}</Table.Td>
            <Table.Td>{title}</Table.Td>
            <Table.Td w="9rem">
              {words(`disposals.verdict.${verdict}`)}
              {verdict === 'longer' && newRetention !== null && `: ${sayRetention(newRetention, words)}`}
            </Table.Td>
            <Table.Td>{reason}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Whose turn it is; the core decides again. */
const turns = {
  proposed: { archivist: ['appraise', 'dismiss'], leader: [] },
  appraised: { archivist: ['dismiss'], leader: ['approve', 'dismiss'] },
  approved: { archivist: ['carryOut', 'dismiss'], leader: ['dismiss'] },
  'carried-out': { archivist: [], leader: [] },
  dismissed: { archivist: [], leader: [] },
} as const satisfies Readonly<
  Record<Disposal['state'], Readonly<Record<'archivist' | 'leader', readonly DisposalStep[]>>>
>;

function Acts({ disposal, onStep }: Cards) {
  const words = useWords();
  const { has } = useMe();
  const { print, busy } = usePrint(disposal);
  const own = (['archivist', 'leader'] as const).flatMap((role) =>
    has(role) ? turns[disposal.state][role] : [],
  );
  const steps: readonly DisposalStep[] = disposalSteps.filter((step) => own.some((one) => one === step));
  return (
    <div className="disposal-acts">
      {steps.map((step) => (
        <Button
          key={step}
          size="compact-sm"
          variant={step === 'dismiss' ? 'default' : 'filled'}
          onClick={() => {
            onStep(step);
          }}
        >
          {words(`disposals.act.${step}`)}
        </Button>
      ))}
      {(['list', 'minutes'] as const)
        .filter((what) => what === 'list' || disposal.minutes !== null)
        .map((what) => (
          <Button
            key={what}
            size="compact-sm"
            variant="default"
            loading={busy}
            leftSection={<IconPrinter size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              print(what);
            }}
          >
            {words(`disposals.act.print.${what}`)}
          </Button>
        ))}
    </div>
  );
}

function usePrint({ id }: Disposal) {
  const words = useWords();
  const making = useMutation({
    mutationFn: async (what: DisposalPrint) => {
      await saveExport(await core.disposals.print({ disposalId: id, what }), 'application/pdf');
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  return { print: making.mutate, busy: making.isPending };
}
