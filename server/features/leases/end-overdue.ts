import { randomBytes } from 'node:crypto';
import { CommandIdSchema, instantFrom, uuidV7From } from '#shared/kernel/public.ts';
import type { Serving } from '../../log/serving.ts';

const everyMs = 60_000;

type Parts = Readonly<{
  server: Pick<Serving, 'overdueLeases' | 'decide'>;
  /** Something was decided: whoever listens looks again. */
  decided: () => void;
  failed: (error: unknown) => void;
}>;

/** Ends blocks of numbers that have run out, now; gives how many. */
export async function endOverdue({ server }: Pick<Parts, 'server'>): Promise<number> {
  const overdue = await server.overdueLeases();
  for (const { actor, body } of overdue) {
    const id = CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10)));
    const claimedAt = instantFrom(Date.now());
    await server.decide({ id, name: 'sync.expireLease', actor, onBehalfOf: null, claimedAt, body });
  }
  return overdue.length;
}

/** The same again and again. That it is late costs nothing: what has run out is not given in the meantime either. */
export function keepEndingOverdue(parts: Parts): Readonly<{ stop: () => Promise<void> }> {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const once = async (): Promise<void> => {
    try {
      if ((await endOverdue(parts)) > 0) parts.decided();
    } catch (error) {
      parts.failed(error);
    }
  };
  const again = (): void => {
    if (isOver) return;
    timer = setTimeout(() => {
      working = once().then(again);
    }, everyMs);
  };
  let working = once().then(again);
  return {
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await working;
    },
  };
}
