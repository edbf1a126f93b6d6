import type { DeviceId, Hash } from '#shared/kernel/public.ts';
import type { Arriving, BlobStore } from '#shared/node/blobs/public.ts';
import type { HeldFiles } from '../log/serving.ts';
import type { Holds } from './holds.ts';
import type { Marks } from './marks.ts';

/** The files of an agency as its doors use them: what is relied on stays. */
export type Keeping = Readonly<{
  /** The files that commands speak of, held while these are decided. */
  held: HeldFiles;
  read: BlobStore['read'];
  /** Length of a file, null when it is not here; whoever offers it relies on it for a while. */
  sizeOffered: (hash: Hash) => Promise<number | null>;
  has: (hash: Hash) => Promise<boolean>;
  arrivingFrom: (device: DeviceId) => Arriving;
}>;

/** Questions to a store on other machines, at once. */
const abreast = 8;

export function keepFiles(
  store: BlobStore,
  { holds, marks, arrivingFrom }: Readonly<{ holds: Holds; marks: Marks }> & Pick<Keeping, 'arrivingFrom'>,
): Keeping {
  async function whileHeld<Result>(hash: Hash, work: () => Promise<Result>): Promise<Result> {
    const { letGo } = await holds.hold([hash]);
    // Its desk says it has no need to send it again: its time begins anew.
    marks.forget(hash);
    try {
      return await work();
    } finally {
      letGo();
    }
  }
  const has = async (hash: Hash): Promise<boolean> => (await store.size(hash)) !== null;
  return {
    held: async (hashes) => {
      const { letGo } = await holds.hold(hashes);
      try {
        const here = new Set<Hash>();
        const waiting = [...hashes];
        const look = async (): Promise<void> => {
          for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
            if (await has(hash)) here.add(hash);
          }
        };
        await Promise.all(Array.from({ length: Math.min(abreast, hashes.length) }, look));
        return { has: (hash) => here.has(hash), letGo };
      } catch (error) {
        letGo();
        throw error;
      }
    },
    read: store.read,
    sizeOffered: (hash) => whileHeld(hash, () => store.size(hash)),
    has,
    arrivingFrom: (device) => {
      const arriving = arrivingFrom(device);
      return {
        ...arriving,
        finish: (file, pieces) => whileHeld(file.hash, () => arriving.finish(file, pieces)),
      };
    },
  };
}
