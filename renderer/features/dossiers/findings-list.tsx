import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { DossierPage } from '#shared/dossiers/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { documentPath } from '../documents/public.ts';

type Finding = DossierPage['findings'][number];
type FindingsListProps = Readonly<{
  findings: readonly Finding[];
  onTakeOut: (document: DocumentId) => void;
  onDescribe: () => void;
}>;

/** What stands against closing a file, each with the button that puts it right. */
export function FindingsList({ findings, onTakeOut, onDescribe }: FindingsListProps) {
  const words = useWords();
  const sorted = findings.toSorted((a, b) => Number(b.stops) - Number(a.stops));
  return (
    <section className="findings" aria-label={words('dossiers.findings')}>
      <h3>{words('dossiers.findings')}</h3>
      <ul>
        {sorted.map((finding) => (
          <FindingLine
            key={`${finding.refusal.code}-${finding.document ?? ''}-${finding.dossier}`}
            finding={finding}
            onTakeOut={onTakeOut}
            onDescribe={onDescribe}
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
}: Omit<FindingsListProps, 'findings'> & { finding: Finding }) {
  const words = useWords();
  const { refusal, stops, mend, document } = finding;
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
