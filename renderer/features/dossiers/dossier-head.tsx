import { handOverDue, transferDue, type Dossier, type DossierPage } from '#shared/dossiers/public.ts';
import { dayOf } from '#shared/kernel/public.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Note } from '../../ui/gate.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { formatDay } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { useDirectory } from '../directory/public.ts';
import { dossiersPath } from './dossier-paths.ts';
import { GivenBackWhy } from './given-back-why.tsx';
import { LockMarks } from './lock-marks.tsx';
import { sayRetention } from './retention-words.ts';

/** What a file is, and where it stands on its way to the archive. */
export function DossierHead({ page: { dossier, whole } }: Readonly<{ page: DossierPage }>) {
  const words = useWords();
  const { nameOf, unitName } = useDirectory();
  const { code, title, state, maker, units, retention, mode, startedOn, endedOn, inList } = dossier;
  const unit = units.at(-1);
  return (
    <header className="dossier-head">
      {whole !== null && (
        <p className="dim">
          {words('dossiers.partOf')}{' '}
          <Link to={pathTo(dossiersPath, { id: whole.id })}>{`${whole.code} · ${whole.title}`}</Link>
        </p>
      )}
      <h2 className="document-title">
        <span className="list-row-reference">{code}</span> {title}
      </h2>
      <p>
        <StateMark label={words(`state.dossier.${state}`)} tone={state === 'open' ? 'action' : 'plain'} />
      </p>
      <LockMarks locks={dossier.locks} destroyed={dossier.destroyed} />
      <HandingNotes dossier={dossier} />
      <Facts
        facts={[
          {
            label: words('dossiers.maker'),
            value: [nameOf(maker), unit === undefined ? '' : unitName(unit)]
              .filter((part) => part !== '')
              .join(' · '),
          },
          { label: words('dossiers.retention'), value: sayRetention(retention, words) },
          { label: words('dossiers.mode'), value: words(`dossiers.mode.${mode}`) },
          {
            label: words('dossiers.period'),
            value: [startedOn, endedOn].map((day) => (day === null ? '…' : formatDay(day))).join(' – '),
          },
          ...(whole === null
            ? [
                {
                  label: words('dossiers.inList'),
                  value: words(inList ? 'dossiers.inList.yes' : 'dossiers.inList.no'),
                },
              ]
            : []),
          ...handingFacts(dossier, words),
          ...(dossier.keywords === ''
            ? []
            : [{ label: words('dossiers.keywords'), value: dossier.keywords }]),
          ...(dossier.description === ''
            ? []
            : [{ label: words('dossiers.description'), value: dossier.description, wide: true }]),
        ]}
      />
    </header>
  );
}

/** Why the archive gave it back, for as long as it was not offered again. */
function HandingNotes({ dossier: { state, handing } }: Readonly<{ dossier: Dossier }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const returned = handing?.returned ?? null;
  if (returned === null || (state !== 'open' && state !== 'closed')) return null;
  return (
    <Note tone="soon">
      <strong>{words('handOvers.returned.by', { name: nameOf(returned.by) })}</strong>
      <GivenBackWhy why={returned} />
    </Note>
  );
}

function handingFacts(dossier: Dossier, words: Words): Fact[] {
  const { state, parent, handing, keptBack, retention } = dossier;
  const due = state === 'closed' && parent === null ? handOverDue(dossier) : null;
  const archived = handing?.archived ?? null;
  const transferred = handing?.transferred ?? null;
  const goesOn = archived === null ? null : transferDue(retention, dayOf(archived.at));
  return [
    ...(due === null ? [] : [{ label: words('handOvers.due'), value: formatDay(due) }]),
    ...(due === null || keptBack === undefined
      ? []
      : [{ label: words('handOvers.keptBack'), value: keptBack.reason }]),
    ...(archived === null
      ? []
      : [{ label: words('handOvers.archivedOn'), value: formatDay(dayOf(archived.at)) }]),
    ...(goesOn === null || transferred !== null
      ? []
      : [{ label: words('handOvers.transferDue'), value: formatDay(goesOn) }]),
    ...(transferred === null
      ? []
      : [
          {
            label: words('handOvers.transferred'),
            value: words('handOvers.transferred.said', {
              to: transferred.to,
              number: transferred.number,
              day: formatDay(transferred.on),
            }),
            wide: true,
          },
        ]),
  ];
}
