import { useMutation } from '@tanstack/react-query';
import type { Outgoing } from '#shared/documents/public.ts';
import type { StepId } from '#shared/kernel/public.ts';
import { accepted, ask, core, newCommandId } from '../../app/client.ts';
import { uploadWhole } from '../../app/files.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

/** An act as it is sent, with what its dialog asked for. */
export type CircuitAsk =
  | Readonly<{ id: 'opinion' | 'visa'; stepId: StepId; words: string }>
  | Readonly<{ id: 'return'; stepId: StepId; toStep: StepId | null; reason: string }>
  | Readonly<{ id: 'withdraw' | 'abandon' | 'sendBack'; reason: string }>
  | Readonly<{ id: 'bring'; stepId: StepId; file: File }>
  | Readonly<{ id: 'sign' | 'initials'; stepId: StepId; pin: string; key: string }>;

export type CircuitAct = Readonly<{
  send: (asked: CircuitAsk) => void;
  busy: boolean;
  error: string | null;
  reset: () => void;
}>;

/** Sends the acts of the circuit, says what was done, and keeps a refusal for the dialog. */
export function useCircuitAct(document: Outgoing, onDone: () => void): CircuitAct {
  const words = useWords();
  const sending = useMutation({
    mutationFn: (asked: CircuitAsk) => send(document, asked),
    onSuccess: (_reply, { id }) => {
      toast({ text: words(`outgoing.done.${id}`) });
      onDone();
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

async function send({ id: documentId }: Outgoing, asked: CircuitAsk) {
  switch (asked.id) {
    case 'opinion':
    case 'visa':
      return ask(core.workflow.passStep, { documentId, stepId: asked.stepId, words: asked.words });
    case 'return': {
      const { stepId, toStep, reason } = asked;
      return ask(core.workflow.returnDraft, { documentId, stepId, toStep, reason });
    }
    case 'withdraw':
      return ask(core.workflow.withdraw, { documentId, reason: asked.reason });
    case 'sendBack':
      return ask(core.workflow.sendBack, { documentId, reason: asked.reason });
    case 'abandon':
      return ask(core.drafting.abandon, { documentId, reason: asked.reason });
    case 'bring': {
      const uploadId = await uploadWhole(asked.file);
      const { reply } = await core.workflow.bringSigned({
        commandId: newCommandId(),
        documentId,
        stepId: asked.stepId,
        uploadId,
      });
      return accepted(reply);
    }
    case 'sign':
    case 'initials': {
      const { stepId, pin, key } = asked;
      return accepted(
        (await core.workflow.signFile({ commandId: newCommandId(), documentId, stepId, pin, key })).reply,
      );
    }
  }
}
