import { Button } from '@mantine/core';
import { IconCloudDown, IconFilePencil } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asOutgoing, writersOf } from '#shared/documents/public.ts';
import { AppError, DocumentIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useParams } from '../../app/router.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/gate.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { DraftDesk } from './draft-desk.tsx';
import { draftPath } from './draft-path.ts';
import { TemplatePage } from './template-page.tsx';
import { useWritingLine } from './use-writing-line.ts';

/** Soạn thảo: a template is chosen, then the paper is written. */
export function DraftPage() {
  const id = DocumentIdSchema.safeParse(useParams(draftPath)?.['id']);
  return id.success ? <OpenDraft key={id.data} id={id.data} /> : <TemplatePage />;
}

function OpenDraft({ id }: Readonly<{ id: DocumentId }>) {
  const words = useWords();
  const { person } = useMe();
  const { nameOf } = useDirectory();
  // What was let go is gone from the window's own copy too.
  const [opened, setOpened] = useState(0);
  const { data, error, refetch } = useQuery({
    queryKey: ['document', id],
    queryFn: () => core.documents.page({ documentId: id }),
  });
  if (error !== null) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // a local call; anything drawn here would only flash
  const { document } = data;
  const isOpen =
    document.direction === 'outgoing' &&
    document.state === 'draft' &&
    writersOf(document).includes(person.id);
  if (isOpen) {
    return (
      <WrittenDraft
        key={opened}
        page={data}
        onDropped={() => {
          setOpened(opened + 1);
        }}
      />
    );
  }
  const names = document.direction === 'outgoing' ? writersOf(document).map(nameOf).join(', ') : '';
  return (
    <EmptyState
      isPage
      icon={IconFilePencil}
      title={words('drafting.closed')}
      help={words('drafting.closed.help', { name: names })}
    />
  );
}

type Page = Awaited<ReturnType<typeof core.documents.page>>;

function WrittenDraft({ page, onDropped }: Readonly<{ page: Page; onDropped: () => void }>) {
  const words = useWords();
  const document = asOutgoing(page.document);
  const { nameOf } = useDirectory();
  const { line, state } = useWritingLine(document.id);
  if (!state.isReady) {
    if (state.safety.state !== 'failed') return null; // a local call
    return <ListFailed error={state.safety.error} retry={() => void line.flush()} />;
  }
  if (state.waits) {
    return (
      <EmptyState
        isPage
        icon={IconCloudDown}
        title={words('drafting.waits')}
        help={words('drafting.waits.help', { name: nameOf(document.drafter) })}
      />
    );
  }
  if (state.late) return <LateWords id={document.id} onDropped={onDropped} />;
  if (!state.isWhole) {
    return (
      <EmptyState isPage icon={IconFilePencil} title={sentenceOf(new AppError('drafting.no-draft'), words)} />
    );
  }
  return <DraftDesk page={page} document={document} line={line} state={state} />;
}

/** What was written here did not make it into what was submitted; now the draft is back, and its writer decides. */
function LateWords({ id, onDropped }: Readonly<{ id: DocumentId; onDropped: () => void }>) {
  const words = useWords();
  const settling = useMutation({
    mutationFn: (how: 'join' | 'drop') => core.drafting.settleOwn({ documentId: id, how }),
    onSuccess: (_done, how) => {
      toast({ text: words(how === 'join' ? 'drafting.late.joined' : 'drafting.late.dropped') });
      if (how === 'drop') onDropped();
    },
  });
  return (
    <EmptyState
      isPage
      icon={IconFilePencil}
      title={words('drafting.late')}
      help={words('drafting.late.help')}
    >
      {settling.error !== null && <Note tone="danger">{sentenceOf(settling.error, words)}</Note>}
      <Button
        loading={settling.isPending}
        onClick={() => {
          settling.mutate('join');
        }}
      >
        {words('drafting.late.join')}
      </Button>
      <Button
        variant="default"
        disabled={settling.isPending}
        onClick={() => {
          settling.mutate('drop');
        }}
      >
        {words('drafting.late.drop')}
      </Button>
    </EmptyState>
  );
}
