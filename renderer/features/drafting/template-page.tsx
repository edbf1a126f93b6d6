import { IconFilePencil } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { fromEditor } from '#shared/drafting/public.ts';
import { DocumentIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { draftPath } from './draft-path.ts';
import './draft-page.css';

type Template = Awaited<ReturnType<typeof core.drafting.templates>>['templates'][number];

/** A new paper begins with its kind: one template for each form, Enter takes it. */
export function TemplatePage() {
  const words = useWords();
  const { go } = useRouter();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['file', 'templates'],
    queryFn: () => core.drafting.templates({}),
  });
  const starting = useMutation({
    mutationFn: startDraft,
    onSuccess: (id) => {
      go(pathTo(draftPath, { id }), { replace: true });
    },
    onError: (failed) => {
      toast({ text: sentenceOf(failed, words), tone: 'danger' });
    },
  });
  const templates = data?.templates ?? [];
  const rows: ListRows<Template> = {
    state: isPending ? 'loading' : error === null ? 'ready' : 'failed',
    error,
    total: templates.length,
    rowAt: (place) => templates[place],
    show: () => undefined,
    take: async (first, last) => templates.slice(first, last + 1),
    retry: () => void refetch(),
  };
  return (
    <div className="place draft-templates">
      <PlaceHead title={words('drafting.new')} below={<p className="dim">{words('drafting.new.help')}</p>} />
      <div className="place-list">
        <DenseList
          label={words('drafting.new')}
          rows={rows}
          idOf={({ id }) => id}
          openId={null}
          takesFocus
          onOpen={(template) => {
            if (!starting.isPending) starting.mutate(template);
          }}
          look={{
            kind: 'rows',
            rowRem: 4.5,
            renderRow: (template) => (
              <ListRow
                lead={template.title}
                {...(template.abbreviation === '' ? {} : { reference: template.abbreviation })}
                title={firstWords(template)}
              />
            ),
          }}
          empty={<EmptyState icon={IconFilePencil} title={words('refusal.drafting.no-template')} />}
        />
      </div>
    </div>
  );
}

async function startDraft({ id, kind }: Template): Promise<DocumentId> {
  const documentId = DocumentIdSchema.parse(newId());
  const summary = { kind, template: id, subject: '', symbol: '', urgency: 'normal' as const, dueOn: null };
  await ask(core.drafting.start, { documentId, repliesTo: null, summary });
  return documentId;
}

function firstWords({ body }: Template): string {
  return fromEditor(body)
    .map((block) => ('runs' in block ? block.runs.map(({ text }) => text).join('') : ''))
    .filter((text) => text.length > 1)
    .join(' · ');
}
