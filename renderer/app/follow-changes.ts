import type { QueryClient } from '@tanstack/react-query';
import type { Changed } from '#shared/directory/public.ts';
import { core } from './client.ts';

const firstAgainMs = 500;
const lastAgainMs = 15_000;
const gatherMs = 40;

/** Queries whose answer never changes, such as what is in a file of a given hash. */
export const fixedRoot = 'file';
const directoryKinds: ReadonlySet<Changed['kinds'][number]> = new Set([
  'agency',
  'unit',
  'person',
  'delegation',
]);

/** Looks again at what is shown whenever the core says that something changed; ends with the returned function. */
export function followChanges(client: QueryClient): () => void {
  const stop = new AbortController();
  void listen(client, stop.signal);
  return () => {
    stop.abort();
  };
}

async function listen(client: QueryClient, signal: AbortSignal): Promise<void> {
  const lookAgain = gathering(client);
  let againMs = firstAgainMs;
  while (!signal.aborted) {
    try {
      const changes = await core.session.changes({}, { signal });
      if (againMs > firstAgainMs) await client.invalidateQueries(); // what was missed meanwhile
      againMs = firstAgainMs;
      for (let next = await changes.next(); next.done !== true; next = await changes.next()) {
        lookAgain(next.value);
      }
    } catch {
      // The way to the core was lost or closed; the next round finds it again.
    }
    if (signal.aborted) return;
    // Either nobody is signed in any more, or the core is gone: both are shown.
    void client.invalidateQueries({ queryKey: ['session'], exact: true });
    void client.invalidateQueries({ queryKey: ['safety'] });
    await pause(againMs);
    againMs = Math.min(againMs * 2, lastAgainMs);
  }
}

/** Many changes at once, as when sixty letters are registered, are looked at once. */
function gathering(client: QueryClient): (changed: Changed) => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let directoryToo = false;
  return ({ kinds }) => {
    directoryToo ||= kinds.some((kind) => directoryKinds.has(kind));
    timer ??= setTimeout(() => {
      const withDirectory = directoryToo;
      timer = null;
      directoryToo = false;
      void client.invalidateQueries({
        predicate: ({ queryKey: [root] }) =>
          root !== fixedRoot && (withDirectory || (root !== 'directory' && root !== 'session')),
      });
    }, gatherMs);
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
