import { z } from 'zod';
import { HashSchema, InstantSchema } from '../kernel/public.ts';
import type { Act, Aggregate, Instant, LogHead } from '../kernel/public.ts';
import type { Stamping } from '../directory/public.ts';

/** A moment that a time-stamping service vouches for: by then the log was as its head says (RFC 3161). */
export const StampSchema = z.object({
  seq: z.int().min(1),
  hash: HashSchema,
  /** The moment in the token. */
  at: InstantSchema,
  service: z.string().max(300),
});
export type Stamp = z.infer<typeof StampSchema>;

/** The newest are at hand; all of them stand in the log with their tokens. */
const mostAtHand = 60;

export type Stamps = Readonly<{ newest: readonly Stamp[]; count: number }>;

export type StampsAct = Readonly<{
  type: 'logStamped';
  on: Act['on'];
  /** The token as DER in base64. */
  body: Stamp & Readonly<{ token: string }>;
}>;

export const stampsId = 'log';

export const stampsAggregate: Aggregate<Stamps, StampsAct> = {
  kind: 'stamps',
  evolve: (state, { body: { token: _token, ...stamp } }) => ({
    newest: [stamp, ...(state?.newest ?? [])].slice(0, mostAtHand),
    count: (state?.count ?? 0) + 1,
  }),
};

const dayMs = 24 * 60 * 60_000;
/** So long without a stamp is said to those who look after the log. */
const lateAfterDays = 3;

type Due = Readonly<{
  stamping: Stamping;
  last: Stamp | null;
  head: LogHead;
  now: Instant;
  isClosing: boolean;
}>;

/** Whether the head should be stamped now. The stamp is an act itself, and needs none. */
export function isStampDue({ stamping, last, head, now, isClosing }: Due): boolean {
  if (stamping.every === 'never' || head.seq <= (last?.seq ?? -1) + 1) return false;
  if (last === null || isClosing) return true;
  if (stamping.every === 'acts') return head.seq - last.seq >= stamping.acts;
  return Date.parse(now) - Date.parse(last.at) >= dayMs;
}

/** Whether a stamp has been owed for days: the service is away, or the machine that asks it. */
export function isStampLate(
  last: Stamp | null,
  { since, now }: Readonly<{ since: Instant; now: Instant }>,
): boolean {
  return Date.parse(now) - Date.parse(last?.at ?? since) > lateAfterDays * dayMs;
}
