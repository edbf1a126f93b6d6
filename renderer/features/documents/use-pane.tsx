import { ActionIcon } from '@mantine/core';
import { IconExternalLink, IconFileOff } from '@tabler/icons-react';
import type { Person } from '#shared/directory/public.ts';
import { provenFileOf, type DocumentPage, type Holder } from '#shared/documents/public.ts';
import { pathTo } from '../../app/paths.ts';
import type { DocumentPaneProps } from '../../ui/document-pane.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDay } from '../../ui/moments.ts';
import { Hint } from '../../ui/hint.tsx';
import { useWords } from '../../ui/use-words.ts';
import { PaperHistory } from '../access/public.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { CoursePanel } from './course-panel.tsx';
import { DocumentFile } from './document-file.tsx';
import { documentPath } from './document-paths.ts';
import { sayKept } from './kept-words.ts';
import { isOver, referenceOf, sayState, titleOf, toneOf } from './document-words.ts';
import { RelatedPanel } from './related-panel.tsx';
import { SignaturesPanel, useSignatureReport } from './signatures-panel.tsx';

/** What the panes of either direction have in common. */
export function usePane(
  page: DocumentPage,
): Omit<DocumentPaneProps, 'actions' | 'tabs'> &
  Readonly<{ shared: Omit<DocumentPaneProps['tabs'], 'facts'> }> {
  const words = useWords();
  const { holderName } = useDirectory();
  const { person } = useMe();
  const { document, row } = page;
  const { holder } = row;
  const { destroyed } = document;
  const report = useSignatureReport(document.id, provenFileOf(document)?.hash ?? null);
  const reference = referenceOf(page, words);
  const waiting = isTurnOf(holder, person);
  return {
    reference,
    title: titleOf(page, words),
    standing: {
      state: sayState(row, words),
      tone: waiting && toneOf(row) === 'plain' ? 'action' : toneOf(row),
      waiting,
      holder: holderName(holder),
      since: row.since,
      due: row.dueOn,
      done: isOver(row),
      urgency: row.urgency,
      kept: sayKept(page, words),
    },
    page:
      document.file === null || destroyed !== undefined ? (
        <EmptyState
          icon={IconFileOff}
          title={
            destroyed === undefined
              ? words('documents.noFile')
              : words('disposals.mark', { number: destroyed.number, day: formatDay(destroyed.decidedOn) })
          }
        />
      ) : (
        <DocumentFile
          documentId={document.id}
          hash={document.file.hash}
          size={document.file.size}
          label={words('documents.pageOf', { reference })}
        />
      ),
    shared: {
      course: <CoursePanel page={page} />,
      signatures: <SignaturesPanel page={page} />,
      related: (
        <>
          <RelatedPanel page={page} />
          <PaperHistory documentId={document.id} />
        </>
      ),
    },
    counts: { signatures: report.data?.signatures.length ?? 0, related: page.linked.length },
    corner: <OpenApart page={page} />,
  };
}

/** Whether it waits for this person: as themselves, as the head of the unit that holds it, or as a clerk. */
function isTurnOf(holder: Holder | null, me: Person): boolean {
  if (holder === null) return false;
  if (holder.kind === 'person') return holder.id === me.id;
  if (holder.kind === 'unit') return holder.id === me.unit && me.roles.includes('unit-head');
  return me.roles.includes('clerk');
}

function OpenApart({ page }: Readonly<{ page: DocumentPage }>) {
  const words = useWords();
  const { id, direction } = page.document;
  const label = words('documents.openApart');
  return (
    <Hint text={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        onClick={() => {
          window.open(pathTo(documentPath[direction], { id }), '_blank', 'noopener');
        }}
      >
        <IconExternalLink size="1.125rem" stroke={1.6} aria-hidden />
      </ActionIcon>
    </Hint>
  );
}
