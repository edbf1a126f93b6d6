import { useState } from 'react';
import type { Agency } from '#shared/directory/public.ts';
import type { Outgoing } from '#shared/documents/public.ts';
import type { ProgressItem } from '../../ui/progress-list.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { takeIssueStep, type IssueStep, type Issuing } from './issue-steps.ts';

type IssuingRun = Readonly<{
  document: Outgoing;
  agency: Agency | null;
  steps: readonly IssueStep[];
  onDone: () => void;
}>;

/** Takes the clerk's steps one after another; one that fails stops there, and the next try goes on from it. */
export function useIssuing({ document, agency, steps, onDone }: IssuingRun) {
  const words = useWords();
  const [done, setDone] = useState<ReadonlySet<IssueStep>>(new Set());
  const [running, setRunning] = useState<IssueStep | null>(null);
  const [failed, setFailed] = useState<Readonly<{ step: IssueStep; sentence: string }> | null>(null);
  const run = async (issuing: Issuing): Promise<void> => {
    if (agency === null || running !== null) return;
    setFailed(null);
    for (const step of steps.filter((one) => !done.has(one))) {
      setRunning(step);
      try {
        await takeIssueStep(step, { document, agency, issuing });
        setDone((known) => new Set([...known, step]));
      } catch (error) {
        setFailed({ step, sentence: sentenceOf(error, words) });
        setRunning(null);
        return;
      }
    }
    setRunning(null);
    toast({ text: words(`outgoing.done.${steps.at(-1) ?? 'issue'}`) });
    onDone();
  };
  const began = done.size > 0 || running !== null || failed !== null;
  const items = began
    ? steps.map((step): ProgressItem => ({
        id: step,
        label: words(`outgoing.act.${step}`),
        state: done.has(step)
          ? 'done'
          : failed?.step === step
            ? 'failed'
            : running === step
              ? 'running'
              : 'waiting',
        sentence: failed?.step === step ? failed.sentence : null,
      }))
    : [];
  return {
    run: (issuing: Issuing) => void run(issuing),
    busy: running !== null,
    isDone: (step: IssueStep) => done.has(step),
    items,
  };
}
