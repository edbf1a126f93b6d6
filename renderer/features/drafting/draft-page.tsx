import { IconFilePencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Outgoing } from '#shared/documents/public.ts';
import { WorkingDraftSchema, type WorkingDraft } from '#shared/drafting/public.ts';
import { AppError, DocumentIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useParams } from '../../app/router.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { DraftDesk } from './draft-desk.tsx';
import { draftPath } from './draft-path.ts';
import { TemplatePage } from './template-page.tsx';

/** Soạn thảo: a template is chosen, then the paper is written. */
export function DraftPage() {
  const id = DocumentIdSchema.safeParse(useParams(draftPath)?.['id']);
  return id.success ? <OpenDraft key={id.data} id={id.data} /> : <TemplatePage />;
}

function OpenDraft({ id }: Readonly<{ id: DocumentId }>) {
  const words = useWords();
  const { person } = useMe();
  const { nameOf } = useDirectory();
  const page = useQuery({
    queryKey: ['document', id],
    queryFn: () => core.documents.page({ documentId: id }),
  });
  // Read once: from here on the writer's own text is the newest there is.
  const copy = useQuery({ queryKey: ['file', 'draft', id], queryFn: () => readCopy(id), gcTime: 0 });
  const draft = useMemo(
    () => (copy.data === undefined ? null : WorkingDraftSchema.safeParse(copy.data?.draft)),
    [copy.data],
  );
  const failed = page.error ?? copy.error;
  if (failed !== null) {
    return <ListFailed error={failed} retry={() => void Promise.all([page.refetch(), copy.refetch()])} />;
  }
  const document = page.data?.document;
  if (page.data === undefined || document === undefined || draft === null) return null; // two local calls; anything drawn here would only flash
  if (document.direction !== 'outgoing' || document.state !== 'draft' || document.drafter !== person.id) {
    const drafter = document.direction === 'outgoing' ? nameOf(document.drafter) : '';
    return (
      <EmptyState
        isPage
        icon={IconFilePencil}
        title={words('drafting.closed')}
        help={words('drafting.closed.help', { name: drafter })}
      />
    );
  }
  if (copy.data !== null && !draft.success) {
    return (
      <EmptyState isPage icon={IconFilePencil} title={sentenceOf(new AppError('drafting.no-draft'), words)} />
    );
  }
  return (
    <DraftDesk
      page={page.data}
      document={document}
      first={draft.success ? draft.data : emptyDraft(document)}
      revision={copy.data?.revision ?? 0}
    />
  );
}

/** The draft as it was left; null where nothing was written yet, as when an answer was just begun. */
async function readCopy(documentId: DocumentId) {
  try {
    return await core.drafting.workingCopy({ documentId });
  } catch (error) {
    if (error instanceof AppError && error.code === 'drafting.no-draft') return withTemplate(documentId);
    throw error;
  }
}

async function withTemplate(documentId: DocumentId) {
  const { document, linked } = await core.documents.page({ documentId });
  if (document.direction !== 'outgoing') return null;
  const asked = linked.find(({ relation }) => relation === 'repliesTo')?.document.issuer ?? '';
  const asker = asked === '' ? [] : [asked];
  const { templates } = await core.drafting.templates({});
  const template = templates.find(({ id }) => id === document.summary.template);
  return {
    draft: {
      ...emptyDraft(document),
      // An answer goes to who asked.
      addressees: asker,
      recipients: asker.map((name) => ({ name, kind: 'agency' as const })),
      body: template?.body ?? null,
    },
    revision: 0,
    savedAt: null,
  };
}

function emptyDraft({ summary }: Outgoing): WorkingDraft {
  const { kind, template, subject, urgency, dueOn } = summary;
  return {
    kind,
    template,
    subject,
    urgency,
    dueOn,
    addressees: [],
    bases: [],
    body: { type: 'doc', content: [{ type: 'paragraph' }] },
    recipients: [],
    copies: 1,
    steps: [],
  };
}
