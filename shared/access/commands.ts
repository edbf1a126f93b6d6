import { z } from 'zod';
import { HashSchema, defineCommand, ref, refuse } from '../kernel/public.ts';
import { accessLogAggregate } from './aggregates.ts';
import { StampSchema, stampsAggregate, stampsId } from './stamps.ts';

/** Takes the head of a desk's access log into the agency's log; given by the desk itself, now and then. */
export const fix = defineCommand({
  name: 'access.fix',
  body: z.object({ n: z.int().min(1), hash: HashSchema }),
  reads: (_body, { device, agencyId }) => [ref('accessLog', device ?? agencyId)],
  decide: ({ body: { n, hash }, states, ctx }) => {
    const desk = ctx.device ?? ctx.agencyId;
    const before = states.of(accessLogAggregate, desk);
    // What was fixed is never fixed again as something else.
    if (before !== null && before.n >= n) return refuse('access.fixed-already', { n: before.n });
    const body = { n, hash, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'accessFixed', on: ref('accessLog', desk), body }];
  },
});

/** Keeps a stamp of the log's head; given by the server, or by the desk where there is none, and by no person. */
export const stamp = defineCommand({
  name: 'access.stamp',
  atServer: true,
  body: StampSchema.extend({ token: z.base64().max(40_000) }),
  reads: () => [ref('stamps', stampsId)],
  decide: ({ body, states }) => {
    const last = states.of(stampsAggregate, stampsId)?.newest[0] ?? null;
    if (last !== null && last.seq >= body.seq) return refuse('access.stamped-already', { seq: last.seq });
    return [{ type: 'logStamped', on: ref('stamps', stampsId), body }];
  },
});
