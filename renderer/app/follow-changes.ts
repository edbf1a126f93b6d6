import type { QueryClient } from '@tanstack/react-query';
import { core } from './client.ts';

const againMs = 1000;

/** Looks again at what is shown whenever the core says that something changed; ends with the returned function. */
export function followChanges(client: QueryClient): () => void {
  const stop = new AbortController();
  void listen(client, stop.signal);
  return () => {
    stop.abort();
  };
}

async function listen(client: QueryClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const changes = await core.session.changes({}, { signal });
      while (!(await changes.next()).done) await client.invalidateQueries();
    } catch {
      // The way to the core was lost or closed; the next round finds it again.
    }
    if (!signal.aborted) await pause(againMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
