import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { DocumentIdSchema, type TaskId } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import type { ProgressItem } from '../../ui/progress-list.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { directionBody, type Directed, type DirectionForm } from './direction-form.ts';

export type Directing = Readonly<{
  start: (form: DirectionForm) => void;
  retry: (ids: readonly string[]) => void;
  cancel: () => void;
  busy: boolean;
  error: string | null;
  /** Empty for a single paper: its answer is a notice. */
  items: readonly ProgressItem[];
}>;

/** Sends one direction to each paper in turn; one paper can take it back at once. */
export function useDirecting(documents: readonly Directed[], onDone: () => void): Directing {
  const words = useWords();
  const [items, setItems] = useState<readonly ProgressItem[]>([]);
  const latest = useRef<DirectionForm | null>(null);
  const stopped = useRef(false);

  const undo = (documentId: Directed['id'], tasks: readonly TaskId[]): void => {
    const body = { documentId, tasks: [...tasks], reason: words('direction.undo.reason') };
    ask(core.workflow.withdrawDirection, body).then(
      () => {
        toast({ text: words('direction.undone') });
      },
      (error: unknown) => {
        toast({ text: sentenceOf(error, words), tone: 'danger' });
      },
    );
  };
  const one = useMutation({
    mutationFn: async ({ form, document }: Readonly<{ form: DirectionForm; document: Directed }>) => {
      const body = directionBody(form, document.id, document.hasLead);
      await ask(core.workflow.direct, body);
      return { document, tasks: body.assignments.map(({ task }) => task) };
    },
    onSuccess: ({ document, tasks }) => {
      const text = words('direction.done', { reference: document.reference });
      // A later direction adds to the first; only the whole can be withdrawn.
      toast(document.hasLead ? { text } : { text, undo: () => undo(document.id, tasks) });
      onDone();
    },
  });
  const put = (id: string, part: Partial<ProgressItem>): void => {
    setItems((known) => known.map((item) => (item.id === id ? { ...item, ...part } : item)));
  };
  const many = useMutation({
    mutationFn: async ({ form, ids }: Readonly<{ form: DirectionForm; ids: readonly string[] }>) => {
      stopped.current = false;
      for (const document of documents.filter(({ id }) => ids.includes(id))) {
        if (stopped.current) {
          put(document.id, { state: 'cancelled' });
          continue;
        }
        put(document.id, { state: 'running', sentence: null });
        try {
          await ask(core.workflow.direct, directionBody(form, document.id, document.hasLead));
          put(document.id, { state: 'done' });
        } catch (error) {
          put(document.id, { state: 'failed', sentence: sentenceOf(error, words) });
        }
      }
    },
  });
  return {
    start: (form) => {
      latest.current = form;
      const [document] = documents;
      if (documents.length === 1 && document !== undefined) {
        one.mutate({ form, document });
        return;
      }
      setItems(documents.map(({ id, reference, title }) => waiting(id, `${reference} ${title}`)));
      many.mutate({ form, ids: documents.map(({ id }) => DocumentIdSchema.parse(id)) });
    },
    retry: (ids) => {
      if (latest.current !== null) many.mutate({ form: latest.current, ids });
    },
    cancel: () => {
      stopped.current = true;
    },
    busy: one.isPending || many.isPending,
    error: one.isError ? sentenceOf(one.error, words) : null,
    items,
  };
}

function waiting(id: string, label: string): ProgressItem {
  return { id, label, state: 'waiting' };
}
