import { AppError, type Reply } from '../../shared/kernel/public.ts';

export type StepResult = Readonly<{ acts: readonly string[]; files: readonly string[] }>;

/** One step of the working day. `spoiled` is true for the step named by `--break`, which then must not succeed. */
export type Step = Readonly<{ name: string; run: (spoiled: boolean) => Promise<StepResult> }>;

export type StepReport = Readonly<{
  name: string;
  ok: boolean;
  ms: number;
  acts: readonly string[];
  files: readonly string[];
  code?: string;
}>;

/** Runs the day in order and stops at the first step that does not hold. */
export async function runDay(
  steps: readonly Step[],
  { spoil, onStep }: Readonly<{ spoil: string | null; onStep: (report: StepReport) => void }>,
): Promise<Readonly<{ steps: readonly StepReport[]; ok: boolean }>> {
  const reports: StepReport[] = [];
  for (const step of steps) {
    const report = await runStep(step, step.name === spoil);
    reports.push(report);
    onStep(report);
    if (!report.ok) return { steps: reports, ok: false };
  }
  return { steps: reports, ok: true };
}

async function runStep(step: Step, spoiled: boolean): Promise<StepReport> {
  const start = performance.now();
  const took = () => Math.round((performance.now() - start) * 10) / 10;
  try {
    const { acts, files } = await step.run(spoiled);
    return { name: step.name, ok: true, ms: took(), acts, files };
  } catch (error) {
    return { name: step.name, ok: false, ms: took(), acts: [], files: [], code: codeOf(error) };
  }
}

/** The acts a reply became; a refusal ends the step. */
export function acted(reply: Reply): string[] {
  if (!reply.ok) throw new AppError(reply.refusal.code, reply.refusal.params);
  return reply.acts.map((act) => act.type);
}

function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  const refusal = typeof error === 'object' && error !== null && 'data' in error ? error.data : null;
  if (typeof refusal === 'object' && refusal !== null && 'code' in refusal) return String(refusal.code);
  return error instanceof Error ? error.message : 'unexpected';
}
