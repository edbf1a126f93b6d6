import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useWords } from './use-words.ts';
import './step-line.css';

export type Step = Readonly<{
  id: string;
  /** What is done at this step: Góp ý, Ký nháy, Ký, Đóng dấu. */
  label: string;
  who: string;
  state: 'passed' | 'current' | 'ahead' | 'returned';
  note?: string | null;
}>;

/** A document's route as a line of steps: done, here now, still to come. */
export function StepLine({ steps, label }: Readonly<{ steps: readonly Step[]; label: string }>) {
  const words = useWords();
  return (
    <ol className="step-line" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.id}
          data-state={step.state}
          aria-current={step.state === 'current' ? 'step' : undefined}
          title={step.note ?? undefined}
        >
          <span className="step-dot" aria-hidden>
            {step.state === 'passed' && <IconCheck size="0.75rem" stroke={3} />}
            {step.state === 'returned' && <IconArrowBackUp size="0.75rem" stroke={2.5} />}
          </span>
          <span className="step-label">{step.label}</span>
          <span className="step-who">{step.who}</span>
          <span className="unseen">{words(`ui.step.${step.state}`)}</span>
        </li>
      ))}
    </ol>
  );
}
