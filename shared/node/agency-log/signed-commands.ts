import type { AgencyId, DeviceId } from '../../kernel/public.ts';
import { signedText, type PushRequest, type SentCommand } from '../../sync/public.ts';
import { isSigned, isSignedAside } from './device-signature.ts';

type From = Readonly<{ agencyId: AgencyId; device: DeviceId }>;

/**
 * Whether desks signed what they send. A check costs as much as a third of a decision, so it is begun as soon as a push
 * is here, beside the commits of others; the decision then asks for the key the log names, and only a check made with
 * that very key counts.
 */
export type SignedCommands = Readonly<{
  /** Begins with the key by which a device was believed last; ends when all of them are checked. */
  checkAhead: (request: PushRequest) => Promise<void>;
  isSigned: (publicKey: string, from: From, sent: SentCommand) => boolean;
}>;

const mostDevices = 10_000;

export function createSignedCommands(): SignedCommands {
  const keys = new Map<DeviceId, string>();
  /** By the very object that was read from the wire, which nobody changes. */
  const checked = new WeakMap<SentCommand, From & Readonly<{ publicKey: string; isGood: boolean }>>();
  return {
    checkAhead: async ({ agencyId, device, commands }) => {
      const publicKey = keys.get(device);
      if (publicKey === undefined) return;
      await Promise.all(
        commands.map(async (sent) => {
          const isGood = await isSignedAside(publicKey, signedText(agencyId, device, sent), sent.signature);
          checked.set(sent, { agencyId, device, publicKey, isGood });
        }),
      );
    },
    isSigned: (publicKey, { agencyId, device }, sent) => {
      const before = checked.get(sent);
      const isSame =
        before?.publicKey === publicKey && before.agencyId === agencyId && before.device === device;
      if (isSame) return before.isGood;
      const isGood = isSigned(publicKey, signedText(agencyId, device, sent), sent.signature);
      // A group that is decided again, over a database, does not check again.
      checked.set(sent, { agencyId, device, publicKey, isGood });
      if (isGood && keys.get(device) !== publicKey) {
        if (keys.size >= mostDevices) keys.clear();
        keys.set(device, publicKey);
      }
      return isGood;
    },
  };
}
