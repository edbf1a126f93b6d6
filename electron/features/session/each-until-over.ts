import type { Signed } from '../../host/context.ts';
import type { Sessions } from './sessions.ts';

export type Listening = Readonly<{ signed: Signed; sessions: Sessions; signal: AbortSignal | undefined }>;

/** What is given to `push` after it was subscribed to, for as long as the window listens and its person is signed in. */
export async function* eachUntilOver<Item>(
  { signed, sessions, signal }: Listening,
  { subscribe, most }: Readonly<{ subscribe: (push: (item: Item) => void) => () => void; most: number }>,
): AsyncGenerator<Item, void> {
  const waiting: Item[] = [];
  let wake: () => void = () => undefined;
  let isOver = signal?.aborted ?? false;
  const over = () => {
    isOver = true;
    wake();
  };
  const stop = subscribe((item) => {
    if (waiting.length >= most) waiting.shift();
    waiting.push(item);
    wake();
  });
  sessions.onSignOut((key) => {
    if (key === signed.sessionKey) over();
  });
  signal?.addEventListener('abort', over);
  try {
    while (!isOver) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', over);
  }
}
