import type { Desk } from '../../../store/desk.ts';
import type { ProofJob } from './proof-job.ts';

const afterStartMs = 20_000;
const afterChangeMs = 5000;
/** Often enough that a day never passes without a look at what grows old. */
const roundEveryMs = 15 * 60_000;

/** Has rounds begin by themselves, soon after something was sealed or arranged and now and then; ends with what it returns. */
export function keepProving(job: ProofJob, desk: Desk): () => void {
  let waiting: NodeJS.Timeout | null = null;
  const look = (): void => {
    if (desk.db.open && job.hasWork()) job.begin(null);
  };
  const soon = (ms: number): void => {
    waiting ??= setTimeout(() => {
      waiting = null;
      look();
    }, ms).unref();
  };
  soon(afterStartMs);
  const often = setInterval(look, roundEveryMs).unref();
  const deaf = desk.onChanged(({ kinds }) => {
    if (kinds.includes('document') || kinds.includes('agency')) soon(afterChangeMs);
  });
  return () => {
    job.cancel();
    deaf();
    clearInterval(often);
    if (waiting !== null) clearTimeout(waiting);
  };
}
