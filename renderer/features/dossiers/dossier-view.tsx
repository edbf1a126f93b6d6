import { useQuery } from '@tanstack/react-query';
import {
  IconArchive,
  IconFileSpreadsheet,
  IconFolderPlus,
  IconFolderX,
  IconPencil,
  IconPrinter,
  IconRotate,
  IconUserShare,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import {
  whyNotClosedDossier,
  whyNotOpenDossier,
  type DossierPage,
  type PrintForm,
} from '#shared/dossiers/public.ts';
import { assertNever, type DocumentId, type DossierId, type Refusal } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link, useRouter } from '../../app/router.tsx';
import { ActionBar, type Action } from '../../ui/action-bar.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { formatDay } from '../../ui/moments.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { CloseDialog } from './close-dialog.tsx';
import { ContentsTable } from './contents-table.tsx';
import { DossierDialog } from './dossier-dialog.tsx';
import { dossiersPath } from './dossier-paths.ts';
import { FindingsList } from './findings-list.tsx';
import { PackageDialog } from './package-dialog.tsx';
import { PassOnDialog } from './pass-on-dialog.tsx';
import { sayRetention } from './retention-words.ts';
import { useDossierAsk, type DossierAsk } from './use-dossier-ask.ts';
import { usePrinting } from './use-printing.ts';
import './dossiers.css';

type Doing =
  | Readonly<{ kind: 'close' | 'describe' | 'part' | 'passOn' | 'package' }>
  | Readonly<{ kind: 'reopen' }>
  | Readonly<{ kind: 'takeOut'; document: DocumentId }>;

/** One file: what it is, what stands against closing it, what lies in it, and what can be done. */
export function DossierView({ id }: Readonly<{ id: DossierId }>) {
  const words = useWords();
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['dossiers', 'page', id],
    queryFn: () => core.dossiers.page({ dossierId: id, endedOn: null }),
  });
  useShortcut({ keys: 'Escape', label: words('documents.backToList'), run: focusList });
  if (isError && data === undefined) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  return <WholeDossier page={data} />;
}

function WholeDossier({ page }: Readonly<{ page: DossierPage }>) {
  const { person } = useMe();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = (): void => {
    setDoing(null);
  };
  const act = useDossierAsk(close);
  const begin = (next: Doing): void => {
    act.reset();
    setDoing(next);
  };
  const { dossier, items, parts, findings } = page;
  const mayChange = whyNotOpenDossier(dossier, person) === null;
  return (
    <article className="dossier" aria-label={dossier.title}>
      <div className="dossier-body" data-scrolls>
        <DossierHead page={page} />
        {dossier.state === 'open' && findings.length > 0 && (
          <FindingsList
            findings={findings}
            onTakeOut={(document) => {
              begin({ kind: 'takeOut', document });
            }}
            onDescribe={() => {
              begin({ kind: 'describe' });
            }}
          />
        )}
        <ContentsTable
          items={items}
          parts={parts}
          onTakeOut={
            mayChange
              ? (document) => {
                  begin({ kind: 'takeOut', document });
                }
              : null
          }
        />
      </div>
      <DossierActs page={page} onDo={begin} />
      {doing !== null && <DossierDialogs page={page} doing={doing} act={act} onClose={close} />}
    </article>
  );
}

type DossierDialogsProps = Readonly<{
  page: DossierPage;
  doing: Doing;
  act: DossierAsk;
  onClose: () => void;
}>;

/** The dialog of the act that was chosen. */
function DossierDialogs({ page, doing, act, onClose }: DossierDialogsProps) {
  const { go } = useRouter();
  const { dossier } = page;
  switch (doing.kind) {
    case 'describe':
      return <DossierDialog doing={{ kind: 'describe', dossier }} onClose={onClose} onDone={onClose} />;
    case 'part':
      return (
        <DossierDialog
          doing={{ kind: 'part', whole: dossier }}
          onClose={onClose}
          onDone={(made) => {
            onClose();
            go(pathTo(dossiersPath, { id: made }));
          }}
        />
      );
    case 'close':
      return <CloseDialog page={page} act={act} onClose={onClose} />;
    case 'passOn':
      return <PassOnDialog dossier={dossier} act={act} onClose={onClose} />;
    case 'package':
      return <PackageDialog dossier={dossier} onClose={onClose} />;
    case 'takeOut':
    case 'reopen':
      return <WithReason dossierId={dossier.id} doing={doing} act={act} onClose={onClose} />;
    default:
      return assertNever(doing);
  }
}

type WithReasonProps = Readonly<{
  dossierId: DossierId;
  doing: Extract<Doing, { kind: 'takeOut' | 'reopen' }>;
  act: DossierAsk;
  onClose: () => void;
}>;

function WithReason({ dossierId, doing, act, onClose }: WithReasonProps) {
  const words = useWords();
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words(`dossiers.act.${doing.kind}`)}
      text={words(`dossiers.ask.${doing.kind}`)}
      confirm={words(`dossiers.act.${doing.kind}`)}
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) => {
        const { kind } = doing;
        if (kind === 'reopen') {
          act.send({ id: kind, run: () => ask(core.dossiers.reopen, { dossierId, reason }) });
        } else {
          const body = { dossierId, documents: [doing.document], reason };
          act.send({ id: kind, run: () => ask(core.dossiers.takeOut, body) });
        }
      }}
    />
  );
}

function DossierHead({ page: { dossier, whole } }: Readonly<{ page: DossierPage }>) {
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

function DossierActs({ page, onDo }: Readonly<{ page: DossierPage; onDo: (doing: Doing) => void }>) {
  const words = useWords();
  const { person } = useMe();
  const { nameOf } = useDirectory();
  const { dossier } = page;
  const explained = (refusal: Refusal | null): NonNullable<Action['whyNot']> | null =>
    refusal === null ? null : { reason: sentenceOf(refusal, words), whoCan: nameOf(dossier.maker) };
  const whyNot = explained(whyNotOpenDossier(dossier, person));
  const whyNotClosed = explained(whyNotClosedDossier(dossier, person));
  const one = (kind: Exclude<Doing['kind'], 'takeOut'>, more: Partial<Action>): Action => ({
    id: `dossiers.${kind}`,
    label: words(`dossiers.act.${kind}`),
    whyNot,
    run: () => {
      onDo({ kind });
    },
    ...more,
  });
  const { print, busy } = usePrinting((form) => core.dossiers.printContents({ dossierId: dossier.id, form }));
  const printing = (form: PrintForm, icon: Icon): Action => ({
    id: `dossiers.contents.${form}`,
    label: words(form === 'pdf' ? 'dossiers.act.printContents' : 'dossiers.act.contentsCsv'),
    icon,
    busy,
    run: () => {
      print(form);
    },
  });
  const actions =
    dossier.state === 'closed'
      ? [
          one('package', { icon: IconArchive, whyNot: whyNotClosed }),
          one('reopen', { icon: IconRotate, whyNot: whyNotClosed }),
        ]
      : [
          one('close', { icon: IconFolderX, keys: 'K' }),
          one('describe', { icon: IconPencil, keys: 'S' }),
          ...(dossier.parent === null ? [one('part', { icon: IconFolderPlus, keys: 'P' })] : []),
          one('passOn', { icon: IconUserShare }),
        ];
  const lists = [printing('pdf', IconPrinter), printing('csv', IconFileSpreadsheet)];
  return <ActionBar label={words('dossiers.acts')} actions={[...actions, ...lists]} />;
}

function focusList(): void {
  document.querySelector<HTMLElement>('.dense-list')?.focus();
}
