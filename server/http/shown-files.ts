import type { DeviceId, Hash } from '#shared/kernel/public.ts';

/**
 * Which desk has shown that it holds which file, since the server started. A command may name a file only after that:
 * else whoever knows a hash would name it in a paper of their own, and be given the file as its reader.
 */
export type ShownFiles = Readonly<{
  note: (device: DeviceId, hash: Hash) => void;
  has: (device: DeviceId, hash: Hash) => boolean;
}>;

/** What is forgotten is shown again: it costs a question for each file. */
const mostOfOne = 10_000;

export function createShownFiles(): ShownFiles {
  const shown = new Map<DeviceId, Set<Hash>>();
  return {
    note: (device, hash) => {
      const known = shown.get(device);
      if (known === undefined || known.size >= mostOfOne) shown.set(device, new Set([hash]));
      else known.add(hash);
    },
    has: (device, hash) => shown.get(device)?.has(hash) === true,
  };
}
