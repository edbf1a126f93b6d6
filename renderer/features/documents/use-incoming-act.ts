import { useMutation } from '@tanstack/react-query';
import type { DocumentPage } from '#shared/documents/public.ts';
import { DocumentIdSchema, PersonIdSchema, type Day, type DocumentId } from '#shared/kernel/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { ask, core } from '../../app/client.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { IncomingFields } from '#shared/documents/public.ts';

export type TaskWordsId = 'finishTask' | 'approveTask' | 'resumeTask';
export type TaskReasonId = 'rejectTask' | 'returnTask' | 'pauseTask';

/** An act on a task as it is sent, with what its dialog asked for. */
export type TaskAsk =
  | Readonly<{ id: 'acceptTask'; task: Task }>
  | Readonly<{ id: TaskWordsId; task: Task; words: string }>
  | Readonly<{ id: TaskReasonId; task: Task; reason: string }>
  | Readonly<{ id: 'reportProgress'; task: Task; words: string; percent: number }>
  | Readonly<{ id: 'assignTask'; task: Task; person: string; words: string; dueOn: Day | null }>;

export type IncomingAsk =
  | TaskAsk
  | Readonly<{ id: 'refuse' | 'withdrawDirection'; reason: string }>
  | Readonly<{ id: 'correct'; fields: IncomingFields; reason: string }>
  | Readonly<{ id: 'linkReply'; replyId: string }>;

export type IncomingAct = ActOf<IncomingAsk>;
export type TaskAct = ActOf<TaskAsk>;
type ActOf<Ask> = Readonly<{
  send: (asked: Ask) => void;
  busy: boolean;
  error: string | null;
  reset: () => void;
}>;

/** Sends the acts on one received paper, says what was done, and keeps a refusal for the dialog. */
export function useIncomingAct(page: DocumentPage, onDone: () => void): IncomingAct {
  return useAct((asked) => send(page, asked), onDone);
}

/** The same for a task without a paper. */
export function useTaskAct(onDone: () => void): TaskAct {
  return useAct((asked) => sendTask(null, asked), onDone);
}

function useAct<Ask extends IncomingAsk>(
  mutationFn: (asked: Ask) => Promise<unknown>,
  onDone: () => void,
): ActOf<Ask> {
  const words = useWords();
  const sending = useMutation({
    mutationFn,
    onSuccess: (_reply, { id }) => {
      toast({ text: words(`documents.done.${id}`) });
      onDone();
    },
    onError: (error, { id }) => {
      // This one has no dialog to stand in.
      if (id === 'acceptTask') toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  return {
    send: (asked) => {
      if (!sending.isPending) sending.mutate(asked);
    },
    busy: sending.isPending,
    error: sending.isError ? sentenceOf(sending.error, words) : null,
    reset: sending.reset,
  };
}

function send({ document }: DocumentPage, asked: IncomingAsk) {
  const documentId = document.id;
  const { workflow, documents } = core;
  switch (asked.id) {
    case 'refuse':
      return ask(documents.refuseIncoming, { documentId, reason: asked.reason });
    case 'correct':
      return ask(documents.correctRegistration, { documentId, fields: asked.fields, reason: asked.reason });
    case 'linkReply':
      return ask(workflow.linkReply, { documentId, replyId: DocumentIdSchema.parse(asked.replyId) });
    case 'withdrawDirection': {
      const tasks = document.direction === 'incoming' ? document.tasks : [];
      return ask(workflow.withdrawDirection, { documentId, tasks, reason: asked.reason });
    }
    default:
      return sendTask(documentId, asked);
  }
}

function sendTask(documentId: DocumentId | null, asked: TaskAsk) {
  const { workflow } = core;
  switch (asked.id) {
    case 'acceptTask':
      return ask(workflow.acceptTask, { documentId, taskId: asked.task.id });
    case 'assignTask': {
      const person = PersonIdSchema.parse(asked.person);
      const { words, dueOn } = asked;
      return ask(workflow.assignTask, { documentId, taskId: asked.task.id, person, words, dueOn });
    }
    case 'reportProgress': {
      const { words, percent } = asked;
      return ask(workflow.reportProgress, { documentId, taskId: asked.task.id, words, percent });
    }
    case 'finishTask':
    case 'approveTask':
    case 'resumeTask':
      return ask(workflow[asked.id], { documentId, taskId: asked.task.id, words: asked.words });
    case 'rejectTask':
    case 'returnTask':
    case 'pauseTask':
      return ask(workflow[asked.id], { documentId, taskId: asked.task.id, reason: asked.reason });
  }
}
