import { AppError } from '#shared/kernel/public.ts';
import type { IdentityFlow } from '../../sync/identity-flow.ts';

/** Sign-ins that windows began and will fetch the outcome of, each once. */
export type FlowBook<Outcome> = Readonly<{
  keep: (flow: IdentityFlow, finish: () => Promise<Outcome>) => void;
  finish: (id: string) => Promise<Outcome>;
  /** Nobody comes back any more. */
  close: () => void;
}>;

export function createFlowBook<Outcome>(): FlowBook<Outcome> {
  const flows = new Map<string, Readonly<{ flow: IdentityFlow; finish: () => Promise<Outcome> }>>();
  const close = (): void => {
    for (const { flow } of flows.values()) flow.close();
    flows.clear();
  };
  return {
    keep: (flow, finish) => {
      // One sign-in at a time: whoever begins anew has given the one before up.
      close();
      flows.set(flow.id, { flow, finish });
    },
    finish: async (id) => {
      const kept = flows.get(id);
      if (kept === undefined) throw new AppError('identity.stale');
      try {
        return await kept.finish();
      } finally {
        flows.delete(id);
      }
    },
    close,
  };
}
