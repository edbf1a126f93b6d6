import { AppError, instantFrom } from '#shared/kernel/public.ts';
import { collect } from '../blobs/collect.ts';
import type { Holds } from '../blobs/holds.ts';
import type { LogLine } from '../http/build-app.ts';
import type { Serving } from '../log/serving.ts';
import type { AgencyFolder } from './agency-folder.ts';

type Collecting = Readonly<{ folder: AgencyFolder; graceDays: number; say: (line: LogLine) => void }>;

const firstMs = 60 * 60_000;
const everyMs = 24 * 60 * 60_000;

/** Takes away once a day what nothing speaks of any more; the first time when the morning's rush is over. */
export function keepCollecting(
  { folder, graceDays, say }: Collecting,
  { server, holds }: Readonly<{ server: Serving; holds: Holds }>,
): Readonly<{ stop: () => Promise<void> }> {
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    try {
      const { blobs: store, marks, everyArriving: arriving } = folder;
      const order = { store, marks, arriving, holds, graceDays, isDry: false };
      const found = await collect({ ...order, log: server.collecting, now: instantFrom(Date.now()) });
      const { files, waiting, removed, bytes, abandoned } = found;
      say({ what: 'files collected', files, waiting, removed: removed.length, bytes, abandoned });
    } catch (error) {
      say({
        what: 'files not collected',
        code: error instanceof AppError ? error.code : String(error),
      });
    }
  };
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      working = once();
      later(everyMs);
    }, ms).unref();
  };
  later(firstMs);
  return {
    stop: async () => {
      clearTimeout(timer);
      await working;
    },
  };
}
