import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { DossierPage } from '#shared/dossiers/public.ts';
import type { DocumentId, TaskId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { documentPath, inboxPath, placeOfTask } from '../documents/public.ts';
import { sayRetention } from './retention-words.ts';

export type Finding = DossierPage['findings'][number];
type FindingsListProps = Readonly<{
  findings: readonly Finding[];
  title: string;
  onTakeOut: (document: DocumentId) => void;
  onDescribe: () => void;
  onReopen?: () => void;
  onRetention?: (finding: Finding) => void;
}>;

/** What stands against closing a file or handing it over, each with the button that puts it right. */
export function FindingsList({ findings, title, ...mending }: FindingsListProps) {
  const sorted = findings.toSorted((a, b) => Number(b.stops) - Number(a.stops));
  return (
    <section className="findings" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {sorted.map((finding) => (
          <FindingLine
            key={`${finding.refusal.code}-${finding.document ?? finding.task ?? ''}-${finding.dossier}`}
            finding={finding}
            {...mending}
          />
        ))}
      </ul>
    </section>
  );
}

function FindingLine({
  finding,
  onTakeOut,
  onDescribe,
  onReopen,
  onRetention,
}: Omit<FindingsListProps, 'findings' | 'title'> & { finding: Finding }) {
  const words = useWords();
  const { refusal, stops, mend, document, task, retention } = finding;
  const Shape = stops ? IconAlertTriangle : IconInfoCircle;
  return (
    <li data-tone={stops ? 'stops' : 'warns'}>
      <Shape size="1rem" stroke={1.75} aria-hidden />
      <span>
        <span className="finding-kind">
          {words(stops ? 'dossiers.finding.stops' : 'dossiers.finding.warns')}
        </span>{' '}
        {sentenceOf(refusal, words)}{' '}
        {mend === 'describe' && (
          <Button size="compact-xs" variant="default" onClick={onDescribe}>
            {words('dossiers.act.describe')}
          </Button>
        )}
        {mend === 'retention' && retention !== null && onRetention !== undefined && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              onRetention(finding);
            }}
          >
            {words('dossiers.act.retention', { term: sayRetention(retention, words) })}
          </Button>
        )}
        {mend === 'reopen' && onReopen !== undefined && (
          <Button size="compact-xs" variant="default" onClick={onReopen}>
            {words('dossiers.act.reopen')}
          </Button>
        )}
        {mend === 'take-out' && document !== null && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              onTakeOut(document);
            }}
          >
            {words('dossiers.act.takeOut')}
          </Button>
        )}
        {mend === 'see-document' && document !== null && <SeeDocument id={document} />}
        {mend === 'see-task' && task !== null && <SeeTask id={task} />}
      </span>
    </li>
  );
}

function SeeDocument({ id }: Readonly<{ id: DocumentId }>) {
  const words = useWords();
  const { go } = useRouter();
  const { data } = useQuery({
    queryKey: ['document', id],
    queryFn: () => core.documents.page({ documentId: id }),
  });
  if (data === undefined) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => {
        go(pathTo(documentPath[data.document.direction], { id }));
      }}
    >
      {words('dossiers.see')}
    </Button>
  );
}

function SeeTask({ id }: Readonly<{ id: TaskId }>) {
  const words = useWords();
  const { go } = useRouter();
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => {
        go(pathTo(inboxPath, placeOfTask(id)));
      }}
    >
      {words('dossiers.see-task')}
    </Button>
  );
}
