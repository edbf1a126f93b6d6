import { randomBytes } from 'node:crypto';
import type { IdentityPolicy } from '#shared/directory/public.ts';
import { hashBytes, type DeviceId, type Hash } from '#shared/kernel/public.ts';
import type { BeginIdentityRequest, FinishIdentityReply } from '#shared/sync/public.ts';
import type { Journey, Provider } from './provider.ts';

/** A sign-in that a desk began and has not fetched the outcome of. */
export type Flow = Readonly<{
  device: DeviceId;
  wants: BeginIdentityRequest['wants'];
  policy: IdentityPolicy;
  provider: Provider;
  journey: Journey;
  pickup: Hash;
  /** The key of the door that is to be opened; null for a desk that joins. */
  doorKey: string | null;
  untilMs: number;
}>;

/** Sign-ins under way: each is finished once, and its outcome told again only to who asks with the same words. */
export type Flows = Readonly<{
  begin: (flow: Omit<Flow, 'untilMs'>) => string;
  finish: (
    asked: Readonly<{ flow: string; pickup: string; answer: string }>,
    work: (flow: Flow) => Promise<FinishIdentityReply>,
  ) => Promise<FinishIdentityReply> | null;
}>;

const minutes = 10;
const most = 1000;

export function createFlows(nowMs: () => number): Flows {
  const flows = new Map<string, Flow>();
  const ended = new Map<
    string,
    Readonly<{ pickup: Hash; answer: string; outcome: Promise<FinishIdentityReply>; untilMs: number }>
  >();

  function forgetOld<Kept extends Readonly<{ untilMs: number }>>(kept: Map<string, Kept>): void {
    // The oldest give way, so that beginning costs the server nothing that grows.
    for (const [id, { untilMs }] of kept) {
      if (untilMs >= nowMs() && kept.size < most) break;
      kept.delete(id);
    }
  }

  return {
    begin: (flow) => {
      forgetOld(flows);
      const id = randomBytes(32).toString('base64url');
      flows.set(id, { ...flow, untilMs: nowMs() + minutes * 60_000 });
      return id;
    },
    finish: ({ flow: id, pickup, answer }, work) => {
      const shown = hashBytes(Buffer.from(pickup, 'base64'));
      const before = ended.get(id);
      if (before !== undefined) {
        return before.pickup === shown && before.answer === answer ? before.outcome : null;
      }
      const flow = flows.get(id);
      if (flow === undefined || flow.pickup !== shown) return null;
      // Whatever comes of it, nobody goes this way a second time.
      flows.delete(id);
      if (flow.untilMs < nowMs()) return null;
      forgetOld(ended);
      const outcome = work(flow);
      ended.set(id, { pickup: shown, answer, outcome, untilMs: nowMs() + minutes * 60_000 });
      return outcome;
    },
  };
}
