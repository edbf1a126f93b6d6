import type { Act, Aggregate, Hash, Instant, PersonId } from '../kernel/public.ts';

/** How far a desk's access log was taken into the agency's log. */
export type AccessLog = Readonly<{ desk: string; n: number; hash: Hash; by: PersonId; at: Instant }>;

export type AccessLogAct = Readonly<{
  type: 'accessFixed';
  on: Act['on'];
  body: Omit<AccessLog, 'desk'>;
}>;

export const accessLogAggregate: Aggregate<AccessLog, AccessLogAct> = {
  kind: 'accessLog',
  evolve: (_state, act) => ({ ...act.body, desk: act.on.id }),
};
