import { useMutation } from '@tanstack/react-query';
import type { DocumentPage } from '#shared/documents/public.ts';
import { AppError, DocumentIdSchema } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { draftPath } from '../drafting/public.ts';
import { referenceOf } from './document-words.ts';

const letter = 'CV'; // a paper is answered by an official letter (công văn) unless its drafter chooses another kind

/** Starts a draft that answers a received paper, and goes to it. */
export function useDraftAnswer(page: DocumentPage): Readonly<{ start: () => void; busy: boolean }> {
  const words = useWords();
  const { go } = useRouter();
  const starting = useMutation({
    mutationFn: async () => {
      const { templates } = await core.drafting.templates({});
      const template = templates.find(({ kind }) => kind === letter) ?? templates[0];
      if (template === undefined) throw new AppError('drafting.no-template');
      const documentId = DocumentIdSchema.parse(newId());
      await ask(core.drafting.start, {
        documentId,
        repliesTo: page.document.id,
        summary: {
          kind: template.kind,
          template: template.id,
          subject: words('documents.answer.subject', { reference: referenceOf(page, words) }),
          symbol: '',
          urgency: page.row.urgency,
          dueOn: page.row.dueOn,
        },
      });
      return documentId;
    },
    onSuccess: (id) => {
      go(pathTo(draftPath, { id }));
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  return {
    start: () => {
      if (!starting.isPending) starting.mutate();
    },
    busy: starting.isPending,
  };
}
