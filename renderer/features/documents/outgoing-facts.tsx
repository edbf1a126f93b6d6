import {
  attachmentsToSend,
  openSteps,
  proofOf,
  type CircuitStep,
  type Outgoing,
  type StoredFile,
} from '#shared/documents/public.ts';
import { dayOf } from '#shared/kernel/public.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { RelativeDay } from '../../ui/relative-time.tsx';
import { formatDay } from '../../ui/moments.ts';
import { StepLine } from '../../ui/step-line.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { useDirectory } from '../directory/public.ts';
import { LockMarks } from '../dossiers/public.ts';
import { Unsubmitted } from '../drafting/public.ts';
import { ConsignmentsPanel } from '../exchange/public.ts';
import { CopiesList } from './copies-list.tsx';
import { sayKind } from './document-words.ts';
import { StoredFiles } from './stored-files.tsx';

/** What a paper of ours is, its circuit, and whom it goes to. */
export function OutgoingFacts({ document }: Readonly<{ document: Outgoing }>) {
  const words = useWords();
  const { nameOf, unitName } = useDirectory();
  const { circuit, summary, number, recipients } = document;
  const open = document.state === 'circulating' ? openSteps(circuit) : [];
  const sealNote = ({ hash }: StoredFile) =>
    document.sealedAttachments.some(({ file }) => file.hash === hash)
      ? { note: words('documents.attachment.sealed') }
      : {};
  const label = (field: string): string => words(`documents.field.${field}`);
  return (
    <Stack>
      <LockMarks locks={document.locks} destroyed={document.destroyed} />
      {document.returnedBecause !== null && (
        <Note tone="soon">{words('documents.returned', { reason: document.returnedBecause })}</Note>
      )}
      <Unsubmitted document={document} />
      {document.recalledBecause !== undefined && (
        <Note tone="soon">{words('documents.recalled', { reason: document.recalledBecause })}</Note>
      )}
      <ConsignmentsPanel document={document} />
      {circuit.length > 0 && (
        <StepLine
          label={words('documents.circuit')}
          steps={circuit.map((step) => ({
            id: step.id,
            label: words(`step.${step.kind}`),
            who: step.elsewhere?.name ?? nameOf(step.person),
            state: stateOf(step, open),
          }))}
        />
      )}
      <Facts
        facts={[
          { label: label('notation'), value: number?.notation },
          {
            label: label('issuedOn'),
            value: number === null ? null : <RelativeDay day={number.issuedOn} />,
          },
          { label: label('kind'), value: sayKind(summary.kind, words) },
          { label: label('urgency'), value: words(`urgency.${summary.urgency}`) },
          { label: label('subject'), value: summary.subject, wide: true },
          { label: label('drafter'), value: nameOf(document.drafter) },
          { label: label('coWriters'), value: (document.coWriters ?? []).map(nameOf).join(', ') },
          { label: label('unit'), value: unitName(document.unit) },
          {
            label: label('recipients'),
            value: recipients.map(({ name }) => name).join('; '),
            wide: true,
          },
          { label: label('note'), value: document.note, wide: true },
          {
            label: label('attachments'),
            value: document.attachments.length > 0 && (
              <StoredFiles
                documentId={document.id}
                files={attachmentsToSend(document).map((file) => ({ file, ...sealNote(file) }))}
              />
            ),
            wide: true,
          },
          ...provenFacts(document, words),
        ]}
      />
      <CopiesList document={document} />
    </Stack>
  );
}

function stateOf(step: CircuitStep, open: readonly CircuitStep[]) {
  if (step.outcome === 'returned') return 'returned';
  if (step.outcome === 'passed') return 'passed';
  return open.some(({ id }) => id === step.id) ? 'current' : 'ahead';
}

/** What proves the sealed page beside it; the page that was issued stays the one that is shown and sent. */
function provenFacts(document: Outgoing, words: Words): readonly Fact[] {
  const proof = document.file === null ? null : proofOf(document, document.file.hash);
  if (proof === null) return [];
  const { level, renewBy } = proof;
  const said =
    renewBy === null
      ? words('documents.proof', { level })
      : words('documents.proof.until', { level, day: formatDay(dayOf(renewBy)) });
  return [{ label: words('documents.field.proof'), value: said, wide: true }];
}
