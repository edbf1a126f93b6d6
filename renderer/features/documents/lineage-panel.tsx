import {
  IconArchive,
  IconBuildingCommunity,
  IconCheck,
  IconDownload,
  IconFolder,
  IconFolderX,
  IconHash,
  IconMessage2,
  IconPencil,
  IconSend,
  IconSignature,
  IconUserShare,
  IconUsersGroup,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { DocumentLineage, LineageStage, LineageStep } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { Timeline, type TimelineEntry } from '../../ui/timeline.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { useDirectory, type Directory } from '../directory/public.ts';
import { dossiersPath } from '../dossiers/public.ts';
import { ShortDocumentLink } from './document-link.tsx';

const icons: Readonly<Record<LineageStage, Icon>> = {
  arrived: IconDownload,
  registered: IconHash,
  directed: IconSend,
  task: IconUserShare,
  'task-done': IconCheck,
  drafted: IconPencil,
  submitted: IconSend,
  opinion: IconMessage2,
  visa: IconCheck,
  initials: IconSignature,
  signed: IconSignature,
  numbered: IconHash,
  sealed: IconSignature,
  issued: IconSend,
  receipt: IconBuildingCommunity,
  handled: IconCheck,
  recalled: IconX,
  meeting: IconUsersGroup,
  filed: IconFolder,
  closed: IconFolderX,
  archived: IconArchive,
  transferred: IconArchive,
};

/** Stages that are told with what the person wrote; in the others it is a part of the sentence. */
const quoted: ReadonlySet<LineageStage> = new Set([
  'directed',
  'task',
  'task-done',
  'handled',
  'opinion',
  'visa',
  'initials',
  'signed',
  'recalled',
]);

/** Dòng văn bản: from the arrival to the archive, each step by whom and when, and the way to where it is to be seen. */
export function LineagePanel({ id }: Readonly<{ id: DocumentId }>) {
  const words = useWords();
  const directory = useDirectory();
  const { data } = useQuery({
    queryKey: ['document', id, 'lineage'],
    queryFn: () => core.documents.lineage({ documentId: id }),
  });
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  return (
    <section className="lies-in" aria-label={words('lineage.title')}>
      <h3>{words('lineage.title')}</h3>
      <Timeline
        label={words('lineage.title')}
        entries={data.steps.map((step, place) => ({
          ...entryOf(step, directory, words),
          id: `${step.stage}-${place}`,
          more: <WhereTo step={step} lineage={data} own={id} />,
        }))}
      />
    </section>
  );
}

function entryOf(step: LineageStep, directory: Directory, words: Words): Omit<TimelineEntry, 'id'> {
  const { stage, at, by, onBehalfOf, to, said, state } = step;
  const { nameOf, unitName } = directory;
  const actor = by === null ? said : nameOf(by);
  return {
    at,
    icon: icons[stage],
    who: onBehalfOf === null ? actor : words('act.actingFor', { actor, name: nameOf(onBehalfOf) }),
    what: words(by === null ? `lineage.${stage}.theirs` : `lineage.${stage}`, {
      said,
      to: to.map(({ kind, id }) => (kind === 'person' ? nameOf(id) : unitName(id))).join(', '),
      state: state === null ? '' : words(state),
    }),
    said: quoted.has(stage) && said !== '' ? said : null,
    ...(stage === 'recalled' ? { tone: 'danger' as const } : {}),
  };
}

type WhereToProps = Readonly<{ step: LineageStep; lineage: DocumentLineage; own: DocumentId }>;

/** The file it was put into, or the other paper it happened to. */
function WhereTo({ step: { dossier, paper }, lineage, own }: WhereToProps) {
  const row = paper === own ? undefined : lineage.papers.find(({ id }) => id === paper);
  return (
    <>
      {dossier !== null && (
        <span>
          <Link to={pathTo(dossiersPath, { id: dossier.id })}>{`${dossier.code} · ${dossier.title}`}</Link>
        </span>
      )}
      {row !== undefined && (
        <span>
          <ShortDocumentLink row={row} />
        </span>
      )}
    </>
  );
}
