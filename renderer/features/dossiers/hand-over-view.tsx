import { Checkbox } from '@mantine/core';
import { IconArchive, IconArrowBackUp, IconPrinter, IconSignature } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  archiveChecks,
  sideToSign,
  whyNotJudge,
  type ArchiveCheck,
  type HandOver,
  type HandOverPage,
} from '#shared/dossiers/public.ts';
import { dayOf, type DossierId, type HandOverId, type Refusal } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { saveExport } from '../../app/made-file.ts';
import { ActionBar, type Action } from '../../ui/action-bar.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Note } from '../../ui/gate.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { formatDay } from '../../ui/moments.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { GiveBackDialog } from './give-back-dialog.tsx';
import { HandOverFiles } from './hand-over-files.tsx';
import { SignMinutes } from './sign-minutes.tsx';
import { useDossierAsk } from './use-dossier-ask.ts';
import './dossiers.css';

type HandOverViewProps = Readonly<{ id: HandOverId; onFile: (id: DossierId) => void }>;

/** One hand-over: its files to be looked into, the check list, and what the archive decides. */
export function HandOverView({ id, onFile }: HandOverViewProps) {
  const words = useWords();
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['handOvers', 'page', id],
    queryFn: () => core.handOvers.page({ handOverId: id }),
  });
  useShortcut({ keys: 'Escape', label: words('documents.backToList'), run: focusList });
  if (isError && data === undefined) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  return <WholeHandOver key={id} page={data} onFile={onFile} />;
}

function WholeHandOver({
  page,
  onFile,
}: Readonly<{ page: HandOverPage }> & Pick<HandOverViewProps, 'onFile'>) {
  const words = useWords();
  const [checked, setChecked] = useState<readonly ArchiveCheck[]>([]);
  const { handOver } = page;
  const title = words('handOvers.files', { count: handOver.files.length });
  return (
    <article className="dossier" aria-label={title}>
      <div className="dossier-body" data-scrolls>
        <HandOverHead handOver={handOver} title={title} />
        <HandOverFiles page={page} onFile={onFile} />
        {handOver.state === 'offered' && <CheckList checked={checked} onChange={setChecked} />}
      </div>
      <HandOverActs handOver={handOver} checked={checked} />
    </article>
  );
}

function HandOverHead({ handOver, title }: Readonly<{ handOver: HandOver; title: string }>) {
  const words = useWords();
  const { nameOf, unitName } = useDirectory();
  const { state, from, units, at, accepted, minutes } = handOver;
  const [unit] = units;
  const signed = minutes?.signed.map((side) => words(`handOvers.side.${side}`)) ?? [];
  return (
    <header className="dossier-head">
      <h2 className="document-title">{title}</h2>
      <p>
        <StateMark
          label={words(`state.handOver.${state}`)}
          tone={state === 'offered' ? 'action' : 'plain'}
          waiting={state === 'offered'}
        />
      </p>
      <Facts
        facts={[
          {
            label: words('handOvers.side.giver'),
            value: [nameOf(from), unit === undefined ? '' : unitName(unit)].filter(Boolean).join(' · '),
          },
          { label: words('handOvers.offeredOn'), value: formatDay(dayOf(at)) },
          ...(accepted === null
            ? []
            : [
                { label: words('handOvers.side.receiver'), value: nameOf(accepted.by) },
                { label: words('handOvers.archivedOn'), value: formatDay(dayOf(accepted.at)) },
                {
                  label: words('handOvers.minutes.signedBy'),
                  value: signed.length === 0 ? words('handOvers.minutes.unsigned') : signed.join(', '),
                },
              ]),
        ]}
      />
    </header>
  );
}

type CheckListProps = Readonly<{
  checked: readonly ArchiveCheck[];
  onChange: (checked: readonly ArchiveCheck[]) => void;
}>;

/** What an archivist looks at before a file is taken (NĐ 30 Đ30). */
function CheckList({ checked, onChange }: CheckListProps) {
  const words = useWords();
  return (
    <section className="check-list" aria-label={words('handOvers.checks')}>
      <h3>{words('handOvers.checks')}</h3>
      {archiveChecks.map((check) => (
        <Checkbox
          key={check}
          size="sm"
          label={words(`handOvers.check.${check}`)}
          checked={checked.includes(check)}
          onChange={(event) => {
            onChange(
              event.currentTarget.checked ? [...checked, check] : checked.filter((one) => one !== check),
            );
          }}
        />
      ))}
    </section>
  );
}

function HandOverActs({
  handOver,
  checked,
}: Readonly<{ handOver: HandOver; checked: readonly ArchiveCheck[] }>) {
  const words = useWords();
  const { person, has } = useMe();
  const [doing, setDoing] = useState<'giveBack' | 'sign' | null>(null);
  const done = (): void => {
    setDoing(null);
  };
  const act = useDossierAsk(done);
  const showing = useMutation({
    mutationFn: async () => {
      await saveExport(await core.handOvers.printMinutes({ handOverId: handOver.id }), 'application/pdf');
    },
  });
  const not = whyNotJudge(handOver, person);
  const explained = (refusal: Refusal | null) =>
    refusal === null ? null : { reason: sentenceOf(refusal, words) };
  const isMissing = archiveChecks.some((check) => !checked.includes(check));
  const judging: readonly Action[] = [
    {
      id: 'handOvers.accept',
      label: words('handOvers.act.accept'),
      icon: IconArchive,
      busy: act.busy,
      whyNot: explained(not) ?? (isMissing ? { reason: words('refusal.handOvers.check-first') } : null),
      run: () => {
        const body = { handOverId: handOver.id, checked: [...checked] };
        act.send({ id: 'accept', run: () => ask(core.handOvers.accept, body) });
      },
    },
    {
      id: 'handOvers.giveBack',
      label: words('handOvers.act.giveBack'),
      icon: IconArrowBackUp,
      whyNot: explained(not),
      run: () => {
        act.reset();
        setDoing('giveBack');
      },
    },
  ];
  const signing: readonly Action[] = [
    ...(sideToSign(handOver, person.id) === null
      ? []
      : [
          {
            id: 'handOvers.sign',
            label: words('handOvers.act.sign'),
            icon: IconSignature,
            run: () => {
              setDoing('sign');
            },
          },
        ]),
    {
      id: 'handOvers.minutes',
      label: words('handOvers.act.minutes'),
      icon: IconPrinter,
      busy: showing.isPending,
      run: () => {
        showing.mutate();
      },
    },
  ];
  const byState = handOver.state === 'offered' && has('archivist') ? judging : [];
  return (
    <>
      {act.error !== null && doing === null && <Note tone="danger">{act.error}</Note>}
      {showing.isError && <Note tone="danger">{sentenceOf(showing.error, words)}</Note>}
      <ActionBar label={words('handOvers.acts')} actions={handOver.accepted === null ? byState : signing} />
      {doing === 'giveBack' && <GiveBackDialog handOver={handOver} act={act} onClose={done} />}
      {doing === 'sign' && <SignMinutes handOver={handOver} onClose={done} />}
    </>
  );
}

function focusList(): void {
  document.querySelector<HTMLElement>('.dense-list')?.focus();
}
